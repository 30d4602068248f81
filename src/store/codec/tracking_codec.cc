#include "store/codec/tracking_codec.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "store/codec/bytes.h"

namespace parcelwake::store {
namespace {

using domain::Checkpoint;
using domain::Details;
using domain::Leg;
using domain::Milestone;
using domain::Precision;
using domain::Reading;
using domain::ShipmentFacts;
using domain::Status;
using domain::Substatus;
using domain::Tracking;

// 1: version, tracking flags, numbers, details, facts, origin leg, destination leg. Flags and detail texts that came
// later are bits that earlier rows do not have.
constexpr std::uint8_t kVersion = 1;

// Of a tracking.
constexpr std::uint64_t kAskingEnded = 1 << 0;
constexpr std::uint64_t kManualStatus = 1 << 1;
constexpr std::uint64_t kComputedSubstatus = 1 << 2;
constexpr std::uint64_t kOwnSpelling = 1 << 3;
constexpr std::uint64_t kDestinationLeg = 1 << 4;
constexpr std::uint64_t kReadded = 1 << 5;
constexpr std::uint64_t kRetracked = 1 << 6;
constexpr std::uint64_t kTrackingFlags = (1 << 7) - 1;

// Of a leg.
constexpr std::uint64_t kReported = 1 << 0;
constexpr std::uint64_t kReportedSubstatus = 1 << 1;
constexpr std::uint64_t kLegFlags = (1 << 2) - 1;

// Of a checkpoint; the two lowest bits are its precision.
constexpr std::uint64_t kPrecision = 3;
constexpr std::uint64_t kOffset = 1 << 2;
constexpr std::uint64_t kOffsetTold = 1 << 3;
constexpr std::uint64_t kReading = 1 << 4;
constexpr std::uint64_t kSubstatus = 1 << 5;
constexpr std::uint64_t kMilestone = 1 << 6;
constexpr std::uint64_t kNotice = 1 << 7;
constexpr std::uint64_t kSequence = 1 << 8;
constexpr std::uint64_t kCheckpointFlags = (1 << 9) - 1;
// Flags, wall time, first sight and five texts take a byte each at least.
constexpr std::size_t kLeastCheckpointBytes = 8;

constexpr std::int64_t kMostOffsetMinutes = 18 * 60;

// Texts in the order of their bits. `order_id` is a column.
constexpr std::array kDetailTexts = {
    &Details::title,        &Details::customer_name,      &Details::customer_email,  &Details::customer_phone,
    &Details::comment,      &Details::logistics_channel,  &Details::language,        &Details::destination_code,
    &Details::ship_date,    &Details::postal_code,        &Details::account_number,  &Details::order_number,
    &Details::customer_sms, &Details::recipient_postcode, &Details::label,           &Details::tracking_key,
    &Details::origin_code,  &Details::origin_told,        &Details::destination_told};
constexpr std::array kFactTexts = {&ShipmentFacts::origin_country,
                                   &ShipmentFacts::destination_country,
                                   &ShipmentFacts::signed_by,
                                   &ShipmentFacts::service,
                                   &ShipmentFacts::weight,
                                   &ShipmentFacts::reference,
                                   &ShipmentFacts::estimated_delivery};

// Texts that a timeline repeats (sources, places). Each is written once; afterwards its number stands for it. Beyond
// the capacity texts are written out every time.
class Repeats {
 public:
  // 1 and up; 0 when it is not there.
  std::size_t number_of(std::string_view text) const {
    const auto found = std::find(texts_.begin(), texts_.begin() + size_, text);
    return found == texts_.begin() + size_ ? 0 : static_cast<std::size_t>(found - texts_.begin()) + 1;
  }
  void add(std::string_view text) {
    if (size_ < texts_.size()) texts_[size_++] = text;
  }
  std::size_t size() const { return size_; }
  std::string_view at(std::size_t number) const { return texts_[number - 1]; }

 private:
  std::array<std::string_view, 32> texts_;
  std::size_t size_ = 0;
};

// Times are written as the distance from the one before. Unsigned, because any 64 bits may stand in a row.
std::int64_t distance(std::int64_t from, std::int64_t to) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from));
}
std::int64_t moved(std::int64_t from, std::int64_t by) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + static_cast<std::uint64_t>(by));
}

class BodyWriter {
 public:
  explicit BodyWriter(std::string& out) : out_(out) {}

  void tracking(const Tracking& t) {
    const bool own_spelling =
        std::any_of(t.number.text().begin(), t.number.text().end(), [](char c) { return ascii::is_lower(c); });
    const bool has_destination = !(t.destination == Leg{});
    out_.byte(kVersion);
    out_.varint((t.asking_ended ? kAskingEnded : 0) | (t.manual_status ? kManualStatus : 0) |
                (t.computed_substatus ? kComputedSubstatus : 0) | (own_spelling ? kOwnSpelling : 0) |
                (has_destination ? kDestinationLeg : 0) | (t.readded_at ? kReadded : 0) |
                (t.retracked_at ? kRetracked : 0));
    out_.byte(static_cast<std::uint8_t>(t.computed_status));
    if (t.computed_substatus) out_.byte(static_cast<std::uint8_t>(*t.computed_substatus));
    if (t.manual_status) out_.byte(static_cast<std::uint8_t>(*t.manual_status));
    if (t.asking_ended) out_.signed_varint(t.asking_ended->time_since_epoch().count());
    if (t.readded_at) out_.signed_varint(t.readded_at->time_since_epoch().count());
    if (t.retracked_at) out_.signed_varint(t.retracked_at->time_since_epoch().count());
    if (own_spelling) out_.text(t.number.text());
    texts(t.details, kDetailTexts);
    texts(t.facts, kFactTexts);
    leg(t.origin);
    if (has_destination) leg(t.destination);
  }

 private:
  template <class Holder, std::size_t N>
  void texts(const Holder& holder, const std::array<std::string Holder::*, N>& members) {
    std::uint64_t present = 0;
    for (std::size_t i = 0; i < N; ++i) present |= static_cast<std::uint64_t>(!(holder.*members[i]).empty()) << i;
    out_.varint(present);
    for (std::size_t i = 0; i < N; ++i) {
      if ((present >> i) & 1) out_.text(holder.*members[i]);
    }
  }

  void leg(const Leg& leg) {
    const bool substatus = leg.reported && leg.reported->substatus;
    out_.varint((leg.reported ? kReported : 0) | (substatus ? kReportedSubstatus : 0));
    out_.text(leg.carrier.text());
    out_.text(leg.number);
    if (leg.reported) out_.byte(static_cast<std::uint8_t>(leg.reported->status));
    if (substatus) out_.byte(static_cast<std::uint8_t>(*leg.reported->substatus));
    out_.signed_varint(leg.reported_at.time_since_epoch().count());
    out_.varint(leg.timeline.checkpoints().size());
    for (const Checkpoint& c : leg.timeline.checkpoints()) checkpoint(c);
  }

  void checkpoint(const Checkpoint& c) {
    const bool substatus = c.reading && c.reading->substatus;
    out_.varint((static_cast<std::uint64_t>(c.time.precision) & kPrecision) | (c.time.offset ? kOffset : 0) |
                (c.time.offset_told ? kOffsetTold : 0) | (c.reading ? kReading : 0) | (substatus ? kSubstatus : 0) |
                (c.milestone ? kMilestone : 0) | (c.notice ? kNotice : 0) | (c.sequence != 0 ? kSequence : 0));
    out_.signed_varint(
        distance(std::exchange(wall_, c.time.wall.time_since_epoch().count()), c.time.wall.time_since_epoch().count()));
    if (c.time.offset) out_.signed_varint(c.time.offset->east.count());
    if (c.reading) out_.byte(static_cast<std::uint8_t>(c.reading->status));
    if (substatus) out_.byte(static_cast<std::uint8_t>(*c.reading->substatus));
    if (c.milestone) out_.byte(static_cast<std::uint8_t>(*c.milestone));
    if (c.sequence != 0) out_.varint(c.sequence);
    out_.signed_varint(distance(std::exchange(first_seen_, c.first_seen.time_since_epoch().count()),
                                c.first_seen.time_since_epoch().count()));
    out_.text(c.time_raw);
    out_.text(c.description);
    out_.text(c.code);
    repeated(c.location);
    repeated(c.source);
  }

  void repeated(std::string_view text) {
    const std::size_t number = repeats_.number_of(text);
    out_.varint(number);
    if (number != 0) return;
    out_.text(text);
    repeats_.add(text);
  }

  ByteWriter out_;
  Repeats repeats_;
  std::int64_t wall_ = 0;
  std::int64_t first_seen_ = 0;
};

class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : in_(body) {}

  bool tracking(Tracking& t) {
    if (in_.byte() != kVersion) return false;
    const std::uint64_t flags = in_.varint();
    if (flags & ~kTrackingFlags) in_.fail();
    t.computed_status = status();
    t.computed_substatus.reset();
    t.manual_status.reset();
    t.asking_ended.reset();
    t.readded_at.reset();
    t.retracked_at.reset();
    if (flags & kComputedSubstatus) t.computed_substatus = substatus();
    if (flags & kManualStatus) t.manual_status = status();
    if (flags & kAskingEnded) t.asking_ended = timestamp(in_.signed_varint());
    if (flags & kReadded) t.readded_at = timestamp(in_.signed_varint());
    if (flags & kRetracked) t.retracked_at = timestamp(in_.signed_varint());
    if (flags & kOwnSpelling) t.number = domain::TrackingNumber::trusted(std::string(in_.text()));
    texts(t.details, kDetailTexts);
    texts(t.facts, kFactTexts);
    leg(t.origin);
    if (flags & kDestinationLeg) {
      leg(t.destination);
    } else if (!(t.destination == Leg{})) {
      t.destination = {};
    }
    return !in_.failed() && in_.left() == 0;
  }

 private:
  template <class Enum>
  Enum enumerator(std::size_t count) {
    const std::uint8_t value = in_.byte();
    if (value >= count) in_.fail();
    return value < count ? static_cast<Enum>(value) : Enum{};
  }
  Status status() { return enumerator<Status>(domain::kStatusCount); }
  Substatus substatus() { return enumerator<Substatus>(domain::kSubstatusCount); }
  static Timestamp timestamp(std::int64_t millis) { return Timestamp{std::chrono::milliseconds{millis}}; }

  // The rows of a page share one tracking's room, and tell much the same: to compare takes less than to copy.
  static void set(std::string& text, std::string_view to) {
    if (text != to) text.assign(to);
  }

  template <class Holder, std::size_t N>
  void texts(Holder& holder, const std::array<std::string Holder::*, N>& members) {
    const std::uint64_t present = in_.varint();
    if (present >> N) in_.fail();
    for (std::size_t i = 0; i < N; ++i) {
      std::string& text = holder.*members[i];
      if ((present >> i) & 1) {
        set(text, in_.text());
      } else {
        text.clear();
      }
    }
  }

  void leg(Leg& leg) {
    const std::uint64_t flags = in_.varint();
    if (flags & ~kLegFlags) in_.fail();
    if (const auto carrier = in_.text(); carrier != leg.carrier.text()) {
      leg.carrier = domain::CarrierCode::trusted(std::string(carrier));
    }
    set(leg.number, in_.text());
    leg.reported.reset();
    if (flags & kReported) leg.reported = Reading{.status = status(), .substatus = std::nullopt};
    if (flags & kReportedSubstatus) {
      const Substatus told = substatus();
      if (leg.reported) leg.reported->substatus = told;
    }
    leg.reported_at = timestamp(in_.signed_varint());
    timeline(leg.timeline);
  }

  void timeline(domain::Timeline& timeline) {
    std::vector<Checkpoint> checkpoints = timeline.release();
    std::uint64_t count = in_.varint();
    if (count > in_.left() / kLeastCheckpointBytes) {
      in_.fail();
      count = 0;
    }
    checkpoints.resize(static_cast<std::size_t>(count));
    for (Checkpoint& c : checkpoints) checkpoint(c);
    timeline = domain::Timeline::restored(std::move(checkpoints));
  }

  void checkpoint(Checkpoint& c) {
    const std::uint64_t flags = in_.varint();
    if (flags & ~kCheckpointFlags) in_.fail();
    c.time.offset.reset();
    c.reading.reset();
    c.milestone.reset();
    c.sequence = 0;
    c.time.precision = static_cast<Precision>(flags & kPrecision);
    c.time.offset_told = flags & kOffsetTold;
    c.notice = flags & kNotice;
    wall_ = moved(wall_, in_.signed_varint());
    c.time.wall = WallTime{std::chrono::milliseconds{wall_}};
    if (flags & kOffset) c.time.offset = offset();
    if (flags & kReading) c.reading = Reading{.status = status(), .substatus = std::nullopt};
    if (flags & kSubstatus) {
      const Substatus told = substatus();
      if (c.reading) c.reading->substatus = told;
    }
    if (flags & kMilestone) c.milestone = enumerator<Milestone>(domain::kMilestoneCount);
    if (flags & kSequence) c.sequence = sequence();
    first_seen_ = moved(first_seen_, in_.signed_varint());
    c.first_seen = timestamp(first_seen_);
    set(c.time_raw, in_.text());
    set(c.description, in_.text());
    set(c.code, in_.text());
    set(c.location, repeated());
    set(c.source, repeated());
  }

  UtcOffset offset() {
    const std::int64_t minutes = in_.signed_varint();
    if (minutes < -kMostOffsetMinutes || minutes > kMostOffsetMinutes) {
      in_.fail();
      return {};
    }
    return UtcOffset{std::chrono::minutes{minutes}};
  }

  std::uint16_t sequence() {
    const std::uint64_t value = in_.varint();
    if (value > UINT16_MAX) in_.fail();
    return static_cast<std::uint16_t>(value);
  }

  std::string_view repeated() {
    const std::uint64_t number = in_.varint();
    if (number > repeats_.size()) {
      in_.fail();
      return {};
    }
    if (number != 0) return repeats_.at(static_cast<std::size_t>(number));
    const std::string_view text = in_.text();
    repeats_.add(text);
    return text;
  }

  ByteReader in_;
  Repeats repeats_;
  std::int64_t wall_ = 0;
  std::int64_t first_seen_ = 0;
};

}  // namespace

void append_tracking_body(const Tracking& tracking, std::string& out) { BodyWriter(out).tracking(tracking); }

bool read_tracking_body(std::string_view body, Tracking& tracking) { return BodyReader(body).tracking(tracking); }

}  // namespace parcelwake::store
