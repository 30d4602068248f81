#include "api/trackingmore_v4/waybill_routes.h"

#include <algorithm>
#include <utility>

#include "api/trackingmore_v4/reply_for_error.h"
#include "api/trackingmore_v4/waybill_json.h"
#include "base/ascii.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

// v4 wants the check digit too: three digits and eight.
constexpr std::ptrdiff_t kDigits = 11;

bool cannot_be_asked(const app::WaybillOutcome& outcome) {
  return !outcome.shipment && outcome.failure && outcome.failure->error == ports::CarrierError::NotConnected;
}

// Charges for a waybill of which something is known, as v2 does, and answers.
void tell(const Answerer& answerer, const app::Caller& caller, app::WriteGate& writes, app::WaybillOutcome outcome) {
  if (cannot_be_asked(outcome)) return answerer.send_error(Code::AirlineUnsupported);
  app::ChargeCommand command{
      .account = caller.account, .allowance = caller.allowance, .kind = domain::LedgerKind::AirCargo};
  if (outcome.shipment) command.cost = domain::kCostOfWaybill;
  command.note = outcome.number.text();
  app::charge(std::move(command), writes, [answerer, outcome = std::move(outcome)](const auto& charged) {
    if (!charged) return answerer.send_error(code_for(charged.error()));
    answerer.send_data([&](wire::json::Writer& writer) { write_waybill(writer, outcome); });
  });
}

}  // namespace

void track_waybill(const Call& call, wire::http::Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_error(Code::BadRequest);
  const auto number = text_field(body->rows().front(), "awb_number");
  if (!number || std::count_if(number->begin(), number->end(), ascii::is_digit) != kDigits) {
    return answerer.send_error(Code::WaybillInvalid);
  }
  auto request = app::accept_waybill(*number, call.services.catalogue);
  if (!request) return answerer.send_error(code_for(request.error()));
  if (const auto refusal = refusal_without_balance(call, domain::kCostOfWaybill)) return answerer.send_error(*refusal);
  const app::WaybillServices services{.gateway = call.services.airlines,
                                      .writes = call.services.writes,
                                      .asks = call.services.waybill_asks,
                                      .clock = call.services.clock,
                                      .freshness = call.services.waybill_freshness};
  std::vector<app::WaybillRequest> requests;
  requests.push_back(*std::move(request));
  app::track_waybills(std::move(requests), {}, call.services.readers.of_this_thread().waybills(), services,
                      [answerer, caller = call.caller, &writes = call.services.writes](auto outcomes) {
                        if (!outcomes) return answerer.send_error(code_for(outcomes.error()));
                        tell(answerer, caller, writes, std::move(outcomes->front()));
                      });
}

}  // namespace parcelwake::api::trackingmore_v4
