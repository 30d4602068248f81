#include "app/waybills/track_waybills.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

namespace parcelwake::app {
namespace {

using ports::AirlineAnswer;
using ports::CarrierError;
using ports::StoredWaybill;

// Every answer holds for a moment at least, however soon the airline promises news.
constexpr std::chrono::seconds kLeastFreshness{1};

// One call on its way. Its outcomes are told by whoever asks for them, each once, from any thread.
struct Lookup {
  std::vector<WaybillOutcome> outcomes;
  std::vector<std::optional<ports::StoreError>> failed;  // by the index of outcomes
  std::atomic<std::size_t> untold;
  WaybillsDone done;

  Lookup(std::vector<WaybillOutcome> of, WaybillsDone when_done)
      : outcomes(std::move(of)), failed(outcomes.size()), untold(outcomes.size()), done(std::move(when_done)) {}
};

// What one call asks for, because nobody else does.
struct Errand {
  std::vector<domain::AirWaybill> numbers;
  std::vector<std::optional<StoredWaybill>> kept;  // by the index of numbers
  std::vector<std::size_t> asked;                  // of numbers, in the order of questions
  Timestamp asked_at{};
  WaybillServices services;
};

Timestamp fresh_until(const WaybillFreshness& freshness, bool is_known,
                      std::optional<std::chrono::milliseconds> news_due_in, Timestamp now) {
  std::chrono::milliseconds holds = is_known ? freshness.known : freshness.unknown;
  if (news_due_in) holds = std::min(holds, std::max<std::chrono::milliseconds>(*news_due_in, kLeastFreshness));
  return now + holds;
}

void finish(Lookup& lookup) {
  for (const auto& error : lookup.failed) {
    if (error) return lookup.done(fail(*error));
  }
  lookup.done(std::move(lookup.outcomes));
}

void take_word(Lookup& lookup, std::size_t index, const Result<WaybillWord, ports::StoreError>& word) {
  if (word) {
    lookup.outcomes[index].shipment = word->shipment;
    lookup.outcomes[index].failure = word->failure;
  } else {
    lookup.failed[index] = word.error();
  }
  if (lookup.untold.fetch_sub(1) == 1) finish(lookup);
}

// Told only once it is kept: who comes later finds it under way or kept, and asks nobody.
void keep_and_tell(const Errand& errand, std::size_t index, std::optional<domain::AirShipment> shipment,
                   std::optional<std::chrono::milliseconds> news_due_in) {
  const Timestamp now = errand.services.clock.now();
  const auto& before = errand.kept[index];
  WaybillBatch news;
  StoredWaybill& stored = news.waybills.emplace_back();
  stored.number = errand.numbers[index];
  stored.first_asked_at = before ? before->first_asked_at : errand.asked_at;
  stored.asked_at = now;
  stored.fresh_until = fresh_until(errand.services.freshness, shipment.has_value(), news_due_in, now);
  stored.shipment = shipment;
  // That it could not be kept is no reason to keep it back.
  errand.services.writes.submit(std::move(news), [&asks = errand.services.asks, number = errand.numbers[index],
                                                  word = WaybillWord{std::move(shipment), std::nullopt}](const auto&) {
    asks.tell(number, word);
  });
}

void take_answer(const Errand& errand, std::size_t index, AirlineAnswer answer) {
  const auto& before = errand.kept[index];
  const auto known = before ? before->shipment : std::nullopt;
  if (answer) return keep_and_tell(errand, index, std::move(answer->shipment), answer->news_due_in);
  // Airlines drop what lies back too far: what they said before stays true.
  if (answer.error().error == CarrierError::UnknownNumber) {
    return keep_and_tell(errand, index, known, answer.error().retry_after);
  }
  errand.services.asks.tell(errand.numbers[index], WaybillWord{known, answer.error()});
}

// The kept answer where it holds, or where its airline cannot be asked; a question otherwise.
std::vector<ports::WaybillQuestion> tell_kept(Errand& errand, const std::string& language) {
  const Timestamp now = errand.asked_at;
  std::vector<ports::WaybillQuestion> questions;
  for (std::size_t i = 0; i < errand.numbers.size(); ++i) {
    const domain::AirWaybill& number = errand.numbers[i];
    const auto& kept = errand.kept[i];
    const auto known = kept ? kept->shipment : std::nullopt;
    if (kept && now < kept->fresh_until) {
      errand.services.asks.tell(number, WaybillWord{known, std::nullopt});
      continue;
    }
    const auto reachable = errand.services.gateway.airline_reachability(number.prefix());
    if (!reachable.can_ask) {
      const ports::CarrierFailure failure{CarrierError::NotConnected, reachable.missing, std::nullopt};
      errand.services.asks.tell(number, WaybillWord{known, failure});
      continue;
    }
    errand.asked.push_back(i);
    questions.push_back({number, language, kept ? kept->first_asked_at : now});
  }
  return questions;
}

// What is kept is read only now that nobody else asks: an answer that ended an ask before is seen.
void run_errand(std::vector<domain::AirWaybill> numbers, const std::string& language, ports::WaybillReader& kept,
                const WaybillServices& services) {
  auto loaded = kept.load(numbers);
  if (!loaded) {
    for (const domain::AirWaybill& number : numbers) services.asks.tell(number, fail(loaded.error()));
    return;
  }
  const auto errand =
      std::make_shared<Errand>(Errand{std::move(numbers), *std::move(loaded), {}, services.clock.now(), services});
  auto questions = tell_kept(*errand, language);
  if (questions.empty()) return;
  services.gateway.ask_airlines(std::move(questions), [errand](std::size_t question, AirlineAnswer answer) {
    take_answer(*errand, errand->asked[question], std::move(answer));
  });
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
  std::vector<WaybillOutcome> outcomes;
  for (WaybillRequest& request : requests) {
    outcomes.push_back({std::move(request.number), request.airline, std::nullopt, std::nullopt});
  }
  if (outcomes.empty()) return done(std::move(outcomes));
  std::vector<domain::AirWaybill> numbers;
  for (const WaybillOutcome& outcome : outcomes) numbers.push_back(outcome.number);
  const auto lookup = std::make_shared<Lookup>(std::move(outcomes), std::move(done));
  std::vector<domain::AirWaybill> to_ask;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto told = [lookup, i](const auto& word) { take_word(*lookup, i, word); };
    if (services.asks.join(numbers[i], told)) to_ask.push_back(numbers[i]);
  }
  if (!to_ask.empty()) run_errand(std::move(to_ask), language, kept, services);
}

}  // namespace parcelwake::app
