#include "app/trackings/update_trackings.h"

#include <algorithm>

#include "app/trackings/present_keys.h"
#include "app/trackings/working_set.h"
#include "domain/tracking/absorb_report.h"

namespace parcelwake::app {
namespace {

bool patch(std::string& field, const std::optional<std::string>& given) {
  if (!given || *given == field) return false;
  field = *given;
  return true;
}

std::optional<domain::Status> shown_status(ManualStatus status) {
  switch (status) {
    case ManualStatus::Delivered:
      return domain::Status::Delivered;
    case ManualStatus::Exception:
      return domain::Status::Exception;
    case ManualStatus::Automatic:
      return std::nullopt;
  }
  return std::nullopt;
}

bool apply(domain::Tracking& tracking, const UpdateCommand& command, Timestamp now) {
  bool changed = patch(tracking.details, command.details);
  if (command.archived && *command.archived != tracking.archived) {
    tracking.archived = *command.archived;
    changed = true;
  }
  if (changed) domain::mark_changed(tracking, now);
  if (command.status) changed |= domain::set_manual_status(tracking, shown_status(*command.status), now);
  return changed;
}

}  // namespace

bool is_expected(const domain::Tracking& tracking, const ExpectedStates& expected) {
  return expected.empty() || std::find(expected.begin(), expected.end(), tracking.updated_at) != expected.end();
}

bool patch(domain::Details& details, const DetailsPatch& given) {
  bool changed = patch(details.title, given.title);
  changed |= patch(details.customer_name, given.customer_name);
  changed |= patch(details.customer_email, given.customer_email);
  changed |= patch(details.customer_phone, given.customer_phone);
  changed |= patch(details.order_id, given.order_id);
  changed |= patch(details.comment, given.comment);
  changed |= patch(details.logistics_channel, given.logistics_channel);
  changed |= patch(details.destination_code, given.destination_code);
  changed |= patch(details.language, given.language);
  changed |= patch(details.ship_date, given.ship_date);
  changed |= patch(details.postal_code, given.postal_code);
  changed |= patch(details.account_number, given.account_number);
  changed |= patch(details.order_number, given.order_number);
  changed |= patch(details.customer_sms, given.customer_sms);
  changed |= patch(details.recipient_postcode, given.recipient_postcode);
  changed |= patch(details.label, given.label);
  changed |= patch(details.tracking_key, given.tracking_key);
  changed |= patch(details.origin_code, given.origin_code);
  changed |= patch(details.origin_told, given.origin_told);
  changed |= patch(details.destination_told, given.destination_told);
  if (given.order_time && given.order_time != details.order_time) {
    details.order_time = given.order_time;
    changed = true;
  }
  return changed;
}

Result<std::vector<Result<domain::Tracking, UpdateError>>, ports::StoreError> update_trackings(
    std::span<const UpdateCommand> commands, ports::TrackingStore& store, Timestamp now) {
  const auto keys = present_keys(commands, store);
  if (!keys) return fail(keys.error());
  auto working = WorkingSet<ports::TrackingKey>::load(store, *keys);
  if (!working) return fail(working.error());

  std::vector<Result<domain::Tracking, UpdateError>> outcomes;
  outcomes.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    ports::TrackingChange* change = working->find((*keys)[i]);
    if (change == nullptr) {
      outcomes.push_back(fail(UpdateError::NotTracked));
      continue;
    }
    if (!is_expected(change->after.tracking, commands[i].expected)) {
      outcomes.push_back(fail(UpdateError::Changed));
      continue;
    }
    if (apply(change->after.tracking, commands[i], now)) working->touch((*keys)[i]);
    outcomes.push_back(change->after.tracking);
  }
  if (const auto saved = store.save(working->take_touched()); !saved) return fail(saved.error());
  return outcomes;
}

Result<std::vector<Result<domain::Tracking, UpdateError>>, ports::StoreError> delete_trackings(
    std::span<const DeleteCommand> commands, ports::TrackingStore& store) {
  const auto keys = present_keys(commands, store);
  if (!keys) return fail(keys.error());
  auto working = WorkingSet<ports::TrackingKey>::load(store, *keys);
  if (!working) return fail(working.error());

  std::vector<Result<domain::Tracking, UpdateError>> outcomes;
  outcomes.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    ports::TrackingChange* change = working->find((*keys)[i]);
    if (change == nullptr || change->after.deleted) {
      outcomes.push_back(fail(UpdateError::NotTracked));
      continue;
    }
    if (!is_expected(change->after.tracking, commands[i].expected)) {
      outcomes.push_back(fail(UpdateError::Changed));
      continue;
    }
    change->after.deleted = true;
    change->unscheduled = true;
    working->touch((*keys)[i]);
    outcomes.push_back(change->after.tracking);
  }
  if (const auto saved = store.save(working->take_touched()); !saved) return fail(saved.error());
  return outcomes;
}

}  // namespace parcelwake::app
