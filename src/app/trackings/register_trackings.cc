#include "app/trackings/register_trackings.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/accounts/purses.h"
#include "app/trackings/realtime.h"
#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

ports::TrackingKey key_of(const RegisterCommand& command) {
  return {.account = command.account, .folded_number = command.number.folded(), .carrier = command.carrier};
}

domain::Tracking fresh_tracking(const ports::TrackingKey& key, ports::Random& random, Timestamp now) {
  domain::Tracking tracking;
  tracking.id = domain::TrackingId::make(domain::bucket_of(key.account, key.folded_number), now, random.bits());
  tracking.created_at = now;
  return tracking;
}

domain::Tracking revived_tracking(const domain::Tracking& tombstone, Timestamp now) {
  domain::Tracking tracking;
  tracking.id = tombstone.id;
  tracking.created_at = tombstone.created_at;
  tracking.updated_at = tombstone.updated_at;
  tracking.readded_at = now;
  return tracking;
}

// Creating looks at the price before it looks whether the number is there; only what was deleted is free. Realtime is
// refused where nothing at all is left, whatever the number, and asks for the price of new ones alone.
bool is_payable(const Purse& purse, const std::optional<ports::StoredTracking>& stored, bool is_there,
                domain::LedgerKind kind) {
  const bool is_new = !stored && !is_there;
  if (kind == domain::LedgerKind::RealtimeCreate) {
    return !purse.is_empty() && (!is_new || purse.can_pay(domain::kCostOfNumber));
  }
  return (stored && stored->deleted && !is_there) || purse.can_pay(domain::kCostOfNumber);
}

ports::Schedule schedule_for(const RegisterCommand& command, const ports::CarrierGateway& gateway, Timestamp now) {
  ports::Schedule schedule = first_schedule(command.carrier, gateway, now);
  if (command.asked_by_caller) schedule.due_at = std::max(schedule.due_at, now + kRealtimeLease);
  return schedule;
}

}  // namespace

Result<RegisterCommand, RegisterError> accept(RegisterRequest request, CarrierChoice choice,
                                              const ports::CarrierCatalogue& catalogue) {
  domain::CarrierCode carrier;
  if (!request.carrier.empty() || choice == CarrierChoice::Required) {
    const auto parsed = domain::CarrierCode::parse(request.carrier);
    if (!parsed || catalogue.find(*parsed) == nullptr) return fail(RegisterError::CarrierUnknown);
    carrier = *parsed;
  }
  auto number = domain::TrackingNumber::parse(request.number);
  if (!number) {
    return fail(number.error() == domain::NumberError::Missing ? RegisterError::NumberMissing
                                                               : RegisterError::NumberMalformed);
  }
  if (carrier.empty()) {
    const ports::DetectHints hints{.origin = request.details.origin_code,
                                   .destination = request.details.destination_code};
    const auto detected = detect_carrier(number->text(), hints, catalogue);
    if (!detected) return fail(RegisterError::CarrierUndetected);
    carrier = *detected;
  }
  return RegisterCommand{.account = request.account,
                         .number = *std::move(number),
                         .carrier = std::move(carrier),
                         .details = std::move(request.details),
                         .allowance = request.allowance};
}

std::optional<domain::CarrierCode> detect_carrier(std::string_view number, const ports::DetectHints& hints,
                                                  const ports::CarrierCatalogue& catalogue) {
  const auto candidates = catalogue.detect(number, hints);
  if (candidates.empty() || candidates.front().checksum == false) return std::nullopt;
  if (candidates.size() > 1 && candidates[1].score >= candidates.front().score) return std::nullopt;
  return candidates.front().carrier;
}

ports::Schedule first_schedule(const domain::CarrierCode& carrier, const ports::CarrierGateway& gateway,
                               Timestamp now) {
  ports::Schedule schedule;
  schedule.waiting = !gateway.reachability(carrier).can_ask;
  schedule.due_at = schedule.waiting ? now + domain::kWaitingInterval : now;
  return schedule;
}

Result<std::vector<Result<Registered, RegisterError>>, ports::StoreError> register_trackings(
    std::span<const RegisterCommand> commands, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    ports::Random& random, Timestamp now, domain::LedgerKind kind) {
  std::vector<ports::TrackingKey> keys;
  keys.reserve(commands.size());
  for (const RegisterCommand& command : commands) keys.push_back(key_of(command));
  auto found = store.load(keys);
  if (!found) return fail(found.error());

  std::vector<Result<Registered, RegisterError>> outcomes;
  std::vector<ports::TrackingChange> changes;
  outcomes.reserve(commands.size());
  changes.reserve(commands.size());
  std::set<ports::TrackingKey> taken;  // by an earlier command of this batch
  Purses purses(store.ledger(), now);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const RegisterCommand& command = commands[i];
    const auto& stored = (*found)[i];
    const auto purse = purses.of(command.account, command.allowance);
    if (!purse) return fail(purse.error());
    const bool is_there = (stored && !stored->deleted) || taken.contains(keys[i]);
    if (!is_payable(**purse, stored, is_there, kind)) {
      outcomes.push_back(fail(RegisterError::BalanceTooLow));
      continue;
    }
    if (is_there) {
      outcomes.push_back(fail(RegisterError::AlreadyTracked));
      continue;
    }
    taken.insert(keys[i]);
    if (!stored) {
      (*purse)->pay({.kind = kind,
                     .cost = domain::kCostOfNumber,
                     .number = command.number.text(),
                     .carrier = command.carrier.text()});
    }
    domain::Tracking tracking = stored ? revived_tracking(stored->tracking, now) : fresh_tracking(keys[i], random, now);
    tracking.account = command.account;
    tracking.number = command.number;
    tracking.carrier = command.carrier;
    tracking.origin.carrier = command.carrier;
    tracking.details = command.details;
    mark_changed(tracking, now);
    outcomes.push_back(Registered{.tracking = tracking, .registered_at = now});
    changes.push_back({.before = stored ? &*stored : nullptr,
                       .after = {.tracking = std::move(tracking), .deleted = false},
                       .schedule = schedule_for(command, gateway, now),
                       .unscheduled = false});
  }
  if (const auto saved = store.save(changes); !saved) return fail(saved.error());
  if (const auto kept = purses.keep(); !kept) return fail(kept.error());
  return outcomes;
}

}  // namespace parcelwake::app
