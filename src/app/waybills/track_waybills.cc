#include "app/waybills/track_waybills.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace parcelwake::app {
namespace {

using ports::AirlineAnswer;
using ports::CarrierError;
using ports::StoredWaybill;

// Every answer holds for a moment at least, however soon the airline promises news.
constexpr std::chrono::seconds kLeastFreshness{1};

// One call on its way: belongs to whoever calls back, which is one thread after the other.
struct Lookup {
  std::vector<WaybillOutcome> outcomes;
  std::vector<std::optional<StoredWaybill>> kept;  // by the index of outcomes
  std::vector<std::size_t> asked;                  // of outcomes, in the order of questions
  std::size_t unanswered = 0;
  Timestamp asked_at{};
  std::vector<StoredWaybill> news;
  WaybillServices services;
  WaybillsDone done;
};

Timestamp fresh_until(const WaybillFreshness& freshness, bool is_known,
                      std::optional<std::chrono::milliseconds> news_due_in, Timestamp now) {
  std::chrono::milliseconds holds = is_known ? freshness.known : freshness.unknown;
  if (news_due_in) holds = std::min(holds, std::max<std::chrono::milliseconds>(*news_due_in, kLeastFreshness));
  return now + holds;
}

void finish(const std::shared_ptr<Lookup>& lookup) {
  const auto tell = [lookup] { lookup->done(std::move(lookup->outcomes)); };
  if (lookup->news.empty()) return tell();
  // That it could not be kept is no reason to keep it back.
  lookup->services.writes.submit(WaybillBatch{std::move(lookup->news)}, [tell](const auto&) { tell(); });
}

void keep(Lookup& lookup, std::size_t index, std::optional<domain::AirShipment> shipment,
          std::optional<std::chrono::milliseconds> news_due_in) {
  const Timestamp now = lookup.services.clock.now();
  const auto& before = lookup.kept[index];
  StoredWaybill& stored = lookup.news.emplace_back();
  stored.number = lookup.outcomes[index].number;
  stored.first_asked_at = before ? before->first_asked_at : lookup.asked_at;
  stored.asked_at = now;
  stored.fresh_until = fresh_until(lookup.services.freshness, shipment.has_value(), news_due_in, now);
  stored.shipment = std::move(shipment);
}

void take_answer(const std::shared_ptr<Lookup>& lookup, std::size_t question, AirlineAnswer answer) {
  const std::size_t index = lookup->asked[question];
  WaybillOutcome& outcome = lookup->outcomes[index];
  if (answer) {
    outcome.shipment = answer->shipment;
    keep(*lookup, index, std::move(answer->shipment), answer->news_due_in);
  } else if (answer.error().error == CarrierError::UnknownNumber) {
    // Airlines drop what lies back too far: what they said before stays true.
    keep(*lookup, index, outcome.shipment, answer.error().retry_after);
  } else {
    outcome.failure = answer.error();
  }
  if (--lookup->unanswered == 0) finish(lookup);
}

// The kept answer where it holds; a question otherwise.
std::vector<ports::WaybillQuestion> take_kept(Lookup& lookup, const std::string& language) {
  const Timestamp now = lookup.asked_at;
  std::vector<ports::WaybillQuestion> questions;
  for (std::size_t i = 0; i < lookup.outcomes.size(); ++i) {
    WaybillOutcome& outcome = lookup.outcomes[i];
    const auto& kept = lookup.kept[i];
    if (kept) outcome.shipment = kept->shipment;
    if (kept && now < kept->fresh_until) continue;
    const auto reachable = lookup.services.gateway.airline_reachability(outcome.number.prefix());
    if (!reachable.can_ask) {
      outcome.failure = ports::CarrierFailure{CarrierError::NotConnected, reachable.missing, std::nullopt};
      continue;
    }
    lookup.asked.push_back(i);
    questions.push_back({outcome.number, language, kept ? kept->first_asked_at : now});
  }
  return questions;
}

}  // namespace

Result<WaybillRequest, WaybillRefusal> accept_waybill(std::string_view number,
                                                      const ports::CarrierCatalogue& catalogue) {
  auto waybill = domain::AirWaybill::parse(number);
  if (!waybill) {
    const bool missing = waybill.error() == domain::WaybillError::Missing;
    return fail(missing ? WaybillRefusal::Missing : WaybillRefusal::Malformed);
  }
  const domain::Airline* airline = catalogue.airline(waybill->prefix());
  if (airline == nullptr) return fail(WaybillRefusal::UnknownAirline);
  return WaybillRequest{*std::move(waybill), airline};
}

void track_waybills(std::vector<WaybillRequest> requests, const std::string& language, ports::WaybillReader& kept,
                    const WaybillServices& services, WaybillsDone done) {
  std::vector<domain::AirWaybill> numbers;
  std::vector<WaybillOutcome> outcomes;
  for (WaybillRequest& request : requests) {
    numbers.push_back(request.number);
    outcomes.push_back({std::move(request.number), request.airline, std::nullopt, std::nullopt});
  }
  auto loaded = kept.load(numbers);
  if (!loaded) return done(fail(loaded.error()));
  auto lookup = std::make_shared<Lookup>(
      Lookup{std::move(outcomes), *std::move(loaded), {}, 0, services.clock.now(), {}, services, std::move(done)});
  auto questions = take_kept(*lookup, language);
  if (questions.empty()) return finish(lookup);
  lookup->unanswered = questions.size();
  services.gateway.ask_airlines(std::move(questions), [lookup](std::size_t question, AirlineAnswer answer) {
    take_answer(lookup, question, std::move(answer));
  });
}

}  // namespace parcelwake::app
