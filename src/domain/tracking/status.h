#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parcelwake::domain {

// Where a parcel stands. The eight statuses and their names are those of TrackingMore v2 (logistics status page).
enum class Status : std::uint8_t {
  Pending,   // Registered, not asked yet.
  NotFound,  // The carrier knows nothing of it, or only that it was announced.
  Transit,   // On its way.
  Pickup,    // Out for delivery, or waiting to be collected.
  Delivered,
  Undelivered,  // A delivery was tried and failed.
  Exception,    // Held, lost, damaged, refused, returned.
  Expired,      // Under way for too long. Never said by a carrier.
};
inline constexpr std::size_t kStatusCount = 8;

// The finer reading, kept as fine as any dialect has it.
enum class Substatus : std::uint8_t {
  InfoReceived,
  NoInformation,
  InTransit,
  ArrivedAtHub,
  ArrivedAtDeliveryFacility,
  ArrivedInDestinationCountry,
  CustomsCleared,
  OutForDelivery,
  AvailableForPickup,
  RecipientContacted,
  Delivered,
  CollectedByCustomer,
  SignedByCustomer,
  LeftWithOther,  // At the door, with a neighbour, in a locker.
  AddressProblem,
  RecipientAbsent,
  RecipientNotFound,
  AttemptFailed,
  Unclaimed,
  OtherException,
  HeldByCustoms,
  LostOrDamaged,
  CancelledBeforePickup,
  Refused,
  Returned,
  Returning,
  Aged,  // Under way for too long.
};
inline constexpr std::size_t kSubstatusCount = 27;

// Steps of a journey of which the first time is kept. The first six have names on the v1 and v2 wires.
enum class Milestone : std::uint8_t {
  ItemReceived,
  ItemDispatched,     // Left the outward office of exchange, or the first facility.
  DepartfromAirport,  // Left the origin airport.
  ArrivalfromAbroad,
  CustomsClearance,
  DestinationArrived,  // At the delivery office.
  OutForDelivery,
  AvailableForPickup,
  FailedAttempt,
  Delivered,
  Returned,
  Exception,
};
inline constexpr std::size_t kMilestoneCount = 12;

// What one checkpoint says of the parcel.
struct Reading {
  Status status = Status::Pending;
  std::optional<Substatus> substatus;

  bool operator==(const Reading&) const = default;
};

Status status_of(Substatus substatus);

// "transit", "transit001" (TrackingMore's numbers), "ItemReceived"; and back, nothing for any other text.
std::string_view name_of(Status status);
std::string_view name_of(Substatus substatus);
std::string_view name_of(Milestone milestone);
std::optional<Status> parse_status(std::string_view name);
std::optional<Substatus> parse_substatus(std::string_view name);
std::optional<Milestone> parse_milestone(std::string_view name);

}  // namespace parcelwake::domain
