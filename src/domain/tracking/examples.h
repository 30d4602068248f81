#pragma once

#include <chrono>
#include <string>

#include "domain/tracking/tracking.h"

// Valid objects for tests to change in the one thing that they are about.
namespace parcelwake::domain::examples {

inline WallTime wall(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0) {
  const std::chrono::local_days date{std::chrono::year{year} / month / day};
  return date + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
}

inline Timestamp utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0) {
  return Timestamp{wall(year, month, day, hour, minute, second).time_since_epoch()};
}

inline EventTime seen_at(WallTime clock) {
  return {.wall = clock, .offset = UtcOffset{}, .offset_told = true, .precision = Precision::Second};
}

inline constexpr Reading kInTransit{Status::Transit, Substatus::InTransit};
inline constexpr Reading kOutForDelivery{Status::Pickup, Substatus::OutForDelivery};
inline constexpr Reading kDelivered{Status::Delivered, Substatus::Delivered};
inline constexpr Reading kReturning{Status::Exception, Substatus::Returning};
inline constexpr Reading kReturned{Status::Exception, Substatus::Returned};

// A scan of March 2024, in transit.
inline Checkpoint scan(unsigned day, int hour, std::string words = "Departed") {
  Checkpoint checkpoint;
  checkpoint.time = seen_at(wall(2024, 3, day, hour));
  checkpoint.time_raw = "as the carrier wrote it";
  checkpoint.description = std::move(words);
  checkpoint.location = "Leipzig, DE";
  checkpoint.code = "DEP";
  checkpoint.reading = kInTransit;
  checkpoint.source = "example/1";
  checkpoint.first_seen = utc(2024, 3, day, hour, 30);
  return checkpoint;
}

inline Checkpoint scan_reading(unsigned day, int hour, std::optional<Reading> reading) {
  Checkpoint checkpoint = scan(day, hour);
  checkpoint.reading = reading;
  checkpoint.code = reading && reading->substatus ? std::string(name_of(*reading->substatus)) : "?";
  return checkpoint;
}

// Registered on 1 March 2024 at noon, never asked.
inline Tracking registered() {
  Tracking tracking;
  tracking.account = AccountId{7};
  tracking.number = TrackingNumber::trusted("RB123456785DE");
  tracking.id = TrackingId::make(bucket_of(tracking.account, tracking.number.folded()), utc(2024, 3, 1, 12), 42);
  tracking.carrier = CarrierCode::trusted("deutsche-post");
  tracking.created_at = utc(2024, 3, 1, 12);
  tracking.updated_at = tracking.created_at;
  return tracking;
}

inline CarrierReport report_of(std::vector<Checkpoint> checkpoints) {
  CarrierReport report;
  report.checkpoints = std::move(checkpoints);
  number_in_sequence(report.checkpoints);
  return report;
}

}  // namespace parcelwake::domain::examples
