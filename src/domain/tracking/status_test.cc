#include "domain/tracking/status.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

template <class Enum>
Enum nth(std::size_t index) {
  return static_cast<Enum>(index);
}

TEST(StatusNames, AreTheEightOfTheWire) {
  EXPECT_EQ(name_of(Status::Pending), "pending");
  EXPECT_EQ(name_of(Status::NotFound), "notfound");
  EXPECT_EQ(name_of(Status::Transit), "transit");
  EXPECT_EQ(name_of(Status::Pickup), "pickup");
  EXPECT_EQ(name_of(Status::Delivered), "delivered");
  EXPECT_EQ(name_of(Status::Undelivered), "undelivered");
  EXPECT_EQ(name_of(Status::Exception), "exception");
  EXPECT_EQ(name_of(Status::Expired), "expired");
}

TEST(StatusNames, ReadBackToTheirEnumerators) {
  for (std::size_t i = 0; i < kStatusCount; ++i) EXPECT_EQ(parse_status(name_of(nth<Status>(i))), nth<Status>(i));
  for (std::size_t i = 0; i < kSubstatusCount; ++i) {
    EXPECT_EQ(parse_substatus(name_of(nth<Substatus>(i))), nth<Substatus>(i));
  }
  for (std::size_t i = 0; i < kMilestoneCount; ++i) {
    EXPECT_EQ(parse_milestone(name_of(nth<Milestone>(i))), nth<Milestone>(i));
  }
}

TEST(StatusNames, OtherTextIsNothing) {
  for (const auto* text : {"", "Transit", "transit ", "inforeceived", "in transit"}) EXPECT_FALSE(parse_status(text));
  for (const auto* text : {"", "transit", "transit006", "not found001", "exception001", "exception002", "exception003"})
    EXPECT_FALSE(parse_substatus(text)) << text;
  for (const auto* text : {"", "itemreceived", "InfoReceived"}) EXPECT_FALSE(parse_milestone(text)) << text;
}

// The numbers that TrackingMore publishes on its logistics status page, and its v4 for pickup and undelivered.
TEST(SubstatusNames, CarryThePublishedNumbers) {
  const std::pair<Substatus, std::string_view> published[] = {
      {Substatus::InfoReceived, "notfound001"},
      {Substatus::NoInformation, "notfound002"},
      {Substatus::InTransit, "transit001"},
      {Substatus::ArrivedAtHub, "transit002"},
      {Substatus::ArrivedAtDeliveryFacility, "transit003"},
      {Substatus::ArrivedInDestinationCountry, "transit004"},
      {Substatus::CustomsCleared, "transit005"},
      {Substatus::OutForDelivery, "pickup001"},
      {Substatus::AvailableForPickup, "pickup002"},
      {Substatus::Delivered, "delivered001"},
      {Substatus::CollectedByCustomer, "delivered002"},
      {Substatus::SignedByCustomer, "delivered003"},
      {Substatus::LeftWithOther, "delivered004"},
      {Substatus::Unclaimed, "exception004"},
      {Substatus::OtherException, "exception005"},
      {Substatus::HeldByCustoms, "exception006"},
      {Substatus::LostOrDamaged, "exception007"},
      {Substatus::CancelledBeforePickup, "exception008"},
      {Substatus::Refused, "exception009"},
      {Substatus::Returned, "exception010"},
      {Substatus::Returning, "exception011"},
      {Substatus::Aged, "expired001"},
  };
  for (const auto& [substatus, name] : published) EXPECT_EQ(name_of(substatus), name);
}

TEST(SubstatusNames, BeginWithTheNameOfTheirStatus) {
  for (std::size_t i = 0; i < kSubstatusCount; ++i) {
    const auto substatus = nth<Substatus>(i);
    EXPECT_TRUE(name_of(substatus).starts_with(name_of(status_of(substatus)))) << name_of(substatus);
  }
}

TEST(MilestoneNames, FirstSixAreKeysOfTheWire) {
  const std::string_view keys[] = {"ItemReceived",      "ItemDispatched",   "DepartfromAirport",
                                   "ArrivalfromAbroad", "CustomsClearance", "DestinationArrived"};
  for (std::size_t i = 0; i < std::size(keys); ++i) EXPECT_EQ(name_of(nth<Milestone>(i)), keys[i]);
}

}  // namespace
}  // namespace parcelwake::domain
