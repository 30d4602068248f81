#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "base/time.h"
#include "domain/tracking/carrier_code.h"
#include "domain/tracking/timeline.h"
#include "domain/tracking/tracking_id.h"
#include "domain/tracking/tracking_number.h"

namespace parcelwake::domain {

// What the customer told us with the number. Empty: not given.
struct Details {
  std::string title;
  std::string customer_name;
  std::string customer_email;
  std::string customer_phone;
  std::string order_id;
  std::string comment;
  std::string logistics_channel;
  std::string language;          // two lower-case letters: in which the carrier is asked
  std::string destination_code;  // ISO 3166 alpha-2, upper case
  std::string ship_date;         // as some carriers want to be told
  std::string postal_code;
  std::string account_number;
  std::string order_number;
  std::string customer_sms;  // the telephone that text messages go to
  std::string recipient_postcode;
  std::string label;
  std::string tracking_key;  // a secret that some carriers want beside the number
  std::string origin_code;   // ISO 3166 alpha-2, upper case
  std::string origin_told;   // the countries as some carriers want to be told
  std::string destination_told;
  std::optional<Timestamp> order_time;

  bool operator==(const Details&) const = default;
};

// What the carrier told beside the checkpoints. Empty: not told.
struct ShipmentFacts {
  std::string origin_country;       // ISO 3166 alpha-2
  std::string destination_country;  // ISO 3166 alpha-2
  std::string signed_by;
  std::string service;
  std::string weight;
  std::string reference;
  std::string estimated_delivery;  // ISO date, or date and time

  bool operator==(const ShipmentFacts&) const = default;
};

enum class LegKind : std::uint8_t { Origin, Destination };

// A part of the journey in one carrier's hands. The destination leg has no carrier until a hand-off is known.
struct Leg {
  CarrierCode carrier;
  std::string number;  // the number this carrier knows the parcel by; empty: that of the tracking
  Timeline timeline;
  std::optional<Reading> reported;  // the parcel's status by the carrier itself, where its answers carry one
  Timestamp reported_at{};          // when it was first said

  bool operator==(const Leg&) const = default;
};

// What a carrier answered about one parcel.
struct CarrierReport {
  std::string number;                   // as the carrier writes it; empty when the answer carries none
  std::vector<Checkpoint> checkpoints;  // oldest first, numbered in sequence
  std::optional<Reading> reading;       // a status of its own beside the checkpoints
  ShipmentFacts facts;
  std::optional<EventTime> delivered_at;
  CarrierCode last_mile_carrier;  // empty: no hand-off told
  std::string last_mile_number;
  // How soon the carrier will have more to say, where it knows. It brings the next ask forward, never puts it off.
  std::optional<std::chrono::milliseconds> news_due_in;
};

// One parcel that an account watches.
struct Tracking {
  TrackingId id;
  AccountId account;
  TrackingNumber number;
  CarrierCode carrier;
  Details details;
  Timestamp created_at{};                 // when the account first added it
  std::optional<Timestamp> readded_at;    // when it was added anew: after having been deleted, or for another carrier
  std::optional<Timestamp> retracked_at;  // when it was last taken up again after having expired
  Timestamp updated_at{};                 // of the last change that a reader can see
  std::optional<Timestamp> asking_ended;  // of the last ask; nothing while the carrier is still asked
  bool archived = false;
  std::optional<Status> manual_status;  // set by the customer: hides the computed one until taken back
  Status computed_status = Status::Pending;
  std::optional<Substatus> computed_substatus;
  ShipmentFacts facts;
  Leg origin;
  Leg destination;

  Status status() const { return manual_status.value_or(computed_status); }
  std::optional<Substatus> substatus() const { return manual_status ? std::nullopt : computed_substatus; }
  Timestamp added_at() const { return readded_at.value_or(created_at); }
  bool asked() const { return !asking_ended; }
  // The sender has told the carrier of it, and nothing more is known: the part of NotFound that some dialects call a
  // status of its own.
  bool announced() const { return status() == Status::NotFound && substatus() == Substatus::InfoReceived; }
  Bucket bucket() const { return bucket_of(account, number.folded()); }

  bool operator==(const Tracking&) const = default;
};

// Notes that a reader can see a change made at `now`. The time moves on with each, also of two in one millisecond and
// when the clock steps back: updated_at tells states apart.
inline void mark_changed(Tracking& tracking, Timestamp now) {
  tracking.updated_at = std::max(now, tracking.updated_at + Timestamp::duration{1});
}

}  // namespace parcelwake::domain
