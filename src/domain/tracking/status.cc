#include "domain/tracking/status.h"

#include <algorithm>

namespace parcelwake::domain {
namespace {

constexpr std::array<std::string_view, kStatusCount> kStatusNames = {
    "pending", "notfound", "transit", "pickup", "delivered", "undelivered", "exception", "expired"};

struct SubstatusRow {
  std::string_view name;
  Status status;
};

// Numbers: TrackingMore's logistics status page; pickup, undelivered and expired as its v4 lists them.
constexpr std::array<SubstatusRow, kSubstatusCount> kSubstatuses = {{
    {"notfound001", Status::NotFound},       {"notfound002", Status::NotFound},
    {"transit001", Status::Transit},         {"transit002", Status::Transit},
    {"transit003", Status::Transit},         {"transit004", Status::Transit},
    {"transit005", Status::Transit},         {"pickup001", Status::Pickup},
    {"pickup002", Status::Pickup},           {"pickup003", Status::Pickup},
    {"delivered001", Status::Delivered},     {"delivered002", Status::Delivered},
    {"delivered003", Status::Delivered},     {"delivered004", Status::Delivered},
    {"undelivered001", Status::Undelivered}, {"undelivered002", Status::Undelivered},
    {"undelivered003", Status::Undelivered}, {"undelivered004", Status::Undelivered},
    {"exception004", Status::Exception},     {"exception005", Status::Exception},
    {"exception006", Status::Exception},     {"exception007", Status::Exception},
    {"exception008", Status::Exception},     {"exception009", Status::Exception},
    {"exception010", Status::Exception},     {"exception011", Status::Exception},
    {"expired001", Status::Expired},
}};

constexpr std::array<std::string_view, kMilestoneCount> kMilestoneNames = {
    "ItemReceived",     "ItemDispatched",     "DepartfromAirport", "ArrivalfromAbroad",
    "CustomsClearance", "DestinationArrived", "OutForDelivery",    "AvailableForPickup",
    "FailedAttempt",    "Delivered",          "Returned",          "Exception"};

template <class Enum, class Table, class Name>
std::optional<Enum> find_by_name(const Table& table, std::string_view name, Name name_in) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return name_in(row) == name; });
  if (found == table.end()) return std::nullopt;
  return static_cast<Enum>(found - table.begin());
}

}  // namespace

Status status_of(Substatus substatus) { return kSubstatuses[static_cast<std::size_t>(substatus)].status; }

std::string_view name_of(Status status) { return kStatusNames[static_cast<std::size_t>(status)]; }
std::string_view name_of(Substatus substatus) { return kSubstatuses[static_cast<std::size_t>(substatus)].name; }
std::string_view name_of(Milestone milestone) { return kMilestoneNames[static_cast<std::size_t>(milestone)]; }

std::optional<Status> parse_status(std::string_view name) {
  return find_by_name<Status>(kStatusNames, name, [](std::string_view row) { return row; });
}
std::optional<Substatus> parse_substatus(std::string_view name) {
  return find_by_name<Substatus>(kSubstatuses, name, [](const SubstatusRow& row) { return row.name; });
}
std::optional<Milestone> parse_milestone(std::string_view name) {
  return find_by_name<Milestone>(kMilestoneNames, name, [](std::string_view row) { return row; });
}

}  // namespace parcelwake::domain
