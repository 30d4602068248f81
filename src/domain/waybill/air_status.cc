#include "domain/waybill/air_status.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace parcelwake::domain {
namespace {

constexpr Reading kAnnounced{Status::NotFound, Substatus::InfoReceived};
constexpr Reading kOnTheWay{Status::Transit, Substatus::InTransit};
constexpr Reading kWaiting{Status::Pickup, Substatus::AvailableForPickup};
constexpr Reading kDelivered{Status::Delivered, Substatus::Delivered};

// Status codes of Cargo-IMP's FSU, their meanings in short. DDL and OFD are not of the standard, but airlines that
// deliver to the door write them.
constexpr std::array<AirStatus, 22> kStatuses = {{
    {"ARR", "Arrived", kOnTheWay},
    {"AWD", "Documents delivered to the consignee or agent", kWaiting},
    {"AWR", "Documents received from flight", kOnTheWay},
    {"BKD", "Booked", kAnnounced},
    {"CCD", "Cleared by customs", {Status::Transit, Substatus::CustomsCleared}},
    {"CRC", "Reported to customs", kOnTheWay},
    {"DDL", "Delivered to the consignee's door", kDelivered},
    {"DEP", "Departed", kOnTheWay},
    {"DIS", "Discrepancy", {Status::Exception, Substatus::OtherException}},
    {"DLV", "Delivered", kDelivered},
    {"DOC", "Documents received", kAnnounced},
    {"FOH", "Freight on hand", kOnTheWay},
    {"MAN", "Manifested", kOnTheWay},
    {"NFD", "Consignee or agent notified of arrival", kWaiting},
    {"OFD", "Out for delivery", {Status::Pickup, Substatus::OutForDelivery}},
    {"PRE", "Prepared for loading", kOnTheWay},
    {"RCF", "Received from flight", kOnTheWay},
    {"RCS", "Received from shipper or agent", kOnTheWay},
    {"RCT", "Received from another airline", kOnTheWay},
    {"TFD", "Transferred to another airline", kOnTheWay},
    {"TGC", "Handed to customs", kOnTheWay},
    {"TRM", "To be transferred to another airline", kOnTheWay},
}};

}  // namespace

const AirStatus* find_air_status(std::string_view code) {
  const auto found = std::find_if(kStatuses.begin(), kStatuses.end(), [code](const AirStatus& status) {
    return ascii::equals_ignoring_case(status.code, code);
  });
  return found == kStatuses.end() ? nullptr : &*found;
}

}  // namespace parcelwake::domain
