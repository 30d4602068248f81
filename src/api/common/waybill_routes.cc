#include "api/common/waybill_routes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "api/common/reply_for_error.h"
#include "api/common/request_json.h"
#include "api/common/waybill_json.h"

namespace parcelwake::api {
namespace {

using wire::http::Reply;
using wire::json::Row;
using wire::json::Scalar;
using wire::json::Writer;

constexpr std::size_t kMostWaybills = 40;  // in one call, like a batch

// The member `track_number`: one number, or an array of them. Never empty.
Result<std::vector<std::string>, Meta> read_numbers(const Row& row) {
  const Scalar* value = row.find("track_number");
  if (value != nullptr && value->kind == Scalar::Kind::Composite) {
    auto numbers = wire::json::read_texts(value->text, kMostWaybills + 1);
    if (!numbers) return fail(Meta::NotUnderstood);
    if (numbers->empty()) return fail(Meta::NumberRequired);
    if (numbers->size() > kMostWaybills) return fail(Meta::TooManyRows);
    return *std::move(numbers);
  }
  const auto number = text_field(row, "track_number");
  if (!number) return fail(number.error());
  if (number->empty()) return fail(Meta::NumberRequired);
  return std::vector<std::string>{std::string(*number)};
}

// A number that cannot be asked for, as it was sent.
struct RefusedNumber {
  std::string text;
  Meta meta = Meta::NumberInvalid;
};

struct SortedNumbers {
  std::vector<app::WaybillRequest> accepted;  // each once
  std::vector<RefusedNumber> refused;         // each once
};

SortedNumbers sort_out(const std::vector<std::string>& numbers, const ports::CarrierCatalogue& catalogue) {
  SortedNumbers sorted;
  for (const std::string& text : numbers) {
    auto request = app::accept_waybill(text, catalogue);
    if (!request) {
      const auto same = [&text](const RefusedNumber& other) { return other.text == text; };
      if (std::any_of(sorted.refused.begin(), sorted.refused.end(), same)) continue;
      sorted.refused.push_back({text, meta_for(request.error())});
      continue;
    }
    const auto same = [&request](const app::WaybillRequest& other) { return other.number == request->number; };
    if (std::any_of(sorted.accepted.begin(), sorted.accepted.end(), same)) continue;
    sorted.accepted.push_back(*std::move(request));
  }
  return sorted;
}

// Stands among the others in the form that they have, with the reason beside it.
void write_refused(Writer& writer, const RefusedNumber& number) {
  writer.quoted_key(number.text).begin_object().field("return_data", nullptr);
  writer.key("airline_info").begin_object().field("name", "").field("url", "").field("track_url", "").end_object();
  writer.field("code", static_cast<int>(number.meta)).field("message", message_of(number.meta)).end_object();
}

void write_waybills(Writer& writer, const std::vector<app::WaybillOutcome>& outcomes,
                    const std::vector<RefusedNumber>& refused) {
  writer.begin_object();
  for (const app::WaybillOutcome& outcome : outcomes) write_waybill(writer.key(outcome.number.text()), outcome);
  for (const RefusedNumber& number : refused) write_refused(writer, number);
  writer.end_object();
}

// What the numbers cost that something is known of.
app::ChargeCommand charge_for(const app::Caller& caller, const std::vector<app::WaybillOutcome>& outcomes) {
  app::ChargeCommand command{
      .account = caller.account, .allowance = caller.allowance, .kind = domain::LedgerKind::AirCargo};
  for (const app::WaybillOutcome& outcome : outcomes) {
    if (!outcome.shipment) continue;
    command.cost += domain::kCostOfWaybill;
    command.note.append(command.note.empty() ? "" : " ").append(outcome.number.text());
  }
  return command;
}

}  // namespace

void track_aircargo(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_empty(body.error());
  const Row& row = body->rows().front();
  const auto numbers = read_numbers(row);
  if (!numbers) return answerer.send_empty(numbers.error());
  const auto language = text_field(row, "lang");
  if (!language) return answerer.send_empty(language.error());
  SortedNumbers sorted = sort_out(*numbers, call.services.catalogue);
  if (sorted.accepted.empty()) return answerer.send_empty(sorted.refused.front().meta);
  // Nobody is asked for what could not be paid for.
  const auto cost =
      domain::Units::tenths(domain::kCostOfWaybill.in_tenths() * static_cast<std::int64_t>(sorted.accepted.size()));
  if (const auto refusal = refusal_without_balance(call, cost)) return answerer.send_empty(*refusal);
  const app::WaybillServices services{.gateway = call.services.airlines,
                                      .writes = call.services.writes,
                                      .asks = call.services.waybill_asks,
                                      .clock = call.services.clock,
                                      .freshness = call.services.waybill_freshness};
  app::track_waybills(
      std::move(sorted.accepted), language_of(*language), call.services.readers.of_this_thread().waybills(), services,
      [answerer, caller = call.caller, &writes = call.services.writes,
       refused = std::move(sorted.refused)](auto found) {
        if (!found) return answerer.send_empty(meta_for(found.error()));
        auto command = charge_for(caller, *found);
        app::charge(std::move(command), writes, [answerer, refused, outcomes = *std::move(found)](const auto& charged) {
          if (!charged) return answerer.send_empty(meta_for(charged.error()));
          answerer.send_data(Meta::Ok, [&](Writer& writer) { write_waybills(writer, outcomes, refused); });
        });
      });
}

}  // namespace parcelwake::api
