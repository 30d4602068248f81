#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

enum class UpdateError {
  NotTracked,
  Changed,  // It is in another state than the caller expects.
};

// The states, told by updated_at, of which a tracking has to be in one for a command to be carried out. Empty: any.
using ExpectedStates = std::vector<Timestamp>;
bool is_expected(const domain::Tracking& tracking, const ExpectedStates& expected);

// What to change; what is not given stays.
struct DetailsPatch {
  std::optional<std::string> title;
  std::optional<std::string> customer_name;
  std::optional<std::string> customer_email;
  std::optional<std::string> customer_phone;
  std::optional<std::string> order_id;
  std::optional<std::string> comment;
  std::optional<std::string> logistics_channel;
  std::optional<std::string> destination_code;
  std::optional<std::string> language;
  std::optional<std::string> ship_date;
  std::optional<std::string> postal_code;
  std::optional<std::string> account_number;
  std::optional<std::string> order_number;
  std::optional<std::string> customer_sms;
  std::optional<std::string> recipient_postcode;
  std::optional<std::string> label;
  std::optional<std::string> tracking_key;
  std::optional<std::string> origin_code;
  std::optional<std::string> origin_told;
  std::optional<std::string> destination_told;
  std::optional<Timestamp> order_time;
};

// Returns whether that changed anything.
bool patch(domain::Details& details, const DetailsPatch& given);

enum class ManualStatus { Delivered, Exception, Automatic };

struct UpdateCommand {
  ports::TrackingKey key;
  DetailsPatch details;
  std::optional<bool> archived;
  std::optional<ManualStatus> status;
  ExpectedStates expected{};
  std::optional<domain::TrackingId> id{};  // the tracking that is meant, whatever `key` says
};

struct DeleteCommand {
  ports::TrackingKey key;
  ExpectedStates expected{};
  std::optional<domain::TrackingId> id{};  // as with an UpdateCommand
};

// Changes trackings within the caller's transaction. updated_at moves only where something changed. Two commands for
// one tracking take effect one after the other. One outcome a command, in their order.
Result<std::vector<Result<domain::Tracking, UpdateError>>, ports::StoreError> update_trackings(
    std::span<const UpdateCommand> commands, ports::TrackingStore& store, Timestamp now);

// Deletes trackings within the caller's transaction; a tombstone stays. A second command for one tracking finds
// nothing.
Result<std::vector<Result<domain::Tracking, UpdateError>>, ports::StoreError> delete_trackings(
    std::span<const DeleteCommand> commands, ports::TrackingStore& store);

}  // namespace parcelwake::app
