#include "store/contract/arbitrary_trackings.h"

#include <rapidcheck/gen/Container.h>

namespace rc {
namespace {

using namespace parcelwake;
using domain::Checkpoint;
using domain::Tracking;

template <class Enum>
Gen<Enum> one_of_first(std::size_t count) {
  return gen::map(gen::inRange<std::size_t>(0, count), [](std::size_t i) { return static_cast<Enum>(i); });
}

Gen<Timestamp> timestamp() {
  return gen::map(gen::arbitrary<std::int64_t>(),
                  [](std::int64_t millis) { return Timestamp{std::chrono::milliseconds{millis}}; });
}

Gen<UtcOffset> utc_offset() {
  return gen::map(gen::inRange(-18 * 60, 18 * 60 + 1), [](int east) { return UtcOffset{std::chrono::minutes{east}}; });
}

Gen<std::optional<domain::Substatus>> substatus() {
  return gen::map(gen::maybe(one_of_first<domain::Substatus>(domain::kSubstatusCount)),
                  [](const auto& maybe) { return maybe ? std::optional(*maybe) : std::nullopt; });
}

template <class T>
Gen<std::optional<T>> maybe(Gen<T> values) {
  return gen::map(gen::maybe(std::move(values)),
                  [](const Maybe<T>& value) { return value ? std::optional<T>(*value) : std::nullopt; });
}

Gen<domain::Reading> reading() {
  return gen::construct<domain::Reading>(one_of_first<domain::Status>(domain::kStatusCount), substatus());
}

std::string text() { return *gen::arbitrary<std::string>(); }

std::string name() { return *gen::nonEmpty(gen::container<std::string>(gen::elementOf(std::string("abcxyz019-_")))); }

std::string number() { return *gen::nonEmpty(gen::container<std::string>(gen::elementOf(std::string("ABZabz059-_")))); }

domain::Leg leg(bool with_carrier) {
  domain::Leg made;
  if (with_carrier) made.carrier = domain::CarrierCode::trusted(name());
  made.number = text();
  made.timeline = domain::Timeline::restored(*gen::arbitrary<std::vector<Checkpoint>>());
  made.reported = *maybe(reading());
  made.reported_at = *timestamp();
  return made;
}

Checkpoint checkpoint() {
  Checkpoint made;
  made.time.wall = WallTime{(*timestamp()).time_since_epoch()};
  made.time.offset = *maybe(utc_offset());
  made.time.offset_told = *gen::arbitrary<bool>();
  made.time.precision = *one_of_first<domain::Precision>(4);
  made.time_raw = text();
  made.description = text();
  made.location = text();
  made.code = text();
  made.reading = *maybe(reading());
  made.milestone = *maybe(one_of_first<domain::Milestone>(domain::kMilestoneCount));
  made.notice = *gen::arbitrary<bool>();
  made.sequence = *gen::arbitrary<std::uint16_t>();
  made.source = *gen::element<std::string>("", "ups/1", "dhl-unified-json/1", "china-ems/12");
  made.first_seen = *timestamp();
  return made;
}

domain::Details details() {
  return {.title = text(),
          .customer_name = text(),
          .customer_email = text(),
          .customer_phone = text(),
          .order_id = text(),
          .comment = text(),
          .logistics_channel = text(),
          .language = text(),
          .destination_code = text(),
          .ship_date = text(),
          .postal_code = text(),
          .account_number = text(),
          .order_number = text(),
          .customer_sms = text(),
          .recipient_postcode = text(),
          .label = text(),
          .tracking_key = text(),
          .origin_code = text(),
          .origin_told = text(),
          .destination_told = text(),
          .order_time = *maybe(timestamp())};
}

Tracking tracking() {
  Tracking made;
  made.account.value = *gen::inRange<std::int64_t>(1, 100);
  made.number = domain::TrackingNumber::trusted(number());
  made.carrier = domain::CarrierCode::trusted(name());
  made.id =
      domain::TrackingId::make(domain::bucket_of(made.account, made.number.folded()), *timestamp(),
                               *gen::arbitrary<std::uint64_t>())
          .moved_to(*gen::inRange<domain::Bucket>(0, 4096));  // as those of other services, that begin with anything
  made.details = details();
  made.created_at = *timestamp();
  made.updated_at = *timestamp();
  made.readded_at = *maybe(timestamp());
  made.retracked_at = *maybe(timestamp());
  made.asking_ended = *maybe(timestamp());
  made.archived = *gen::arbitrary<bool>();
  made.manual_status = *maybe(one_of_first<domain::Status>(domain::kStatusCount));
  made.computed_status = *one_of_first<domain::Status>(domain::kStatusCount);
  made.computed_substatus = *substatus();
  made.facts = {.origin_country = text(),
                .destination_country = text(),
                .signed_by = text(),
                .service = text(),
                .weight = text(),
                .reference = text(),
                .estimated_delivery = text()};
  made.origin = leg(true);
  if (*gen::arbitrary<bool>()) made.destination = leg(*gen::arbitrary<bool>());
  return made;
}

}  // namespace

Gen<Checkpoint> Arbitrary<Checkpoint>::arbitrary() { return gen::exec(checkpoint); }

Gen<Tracking> Arbitrary<Tracking>::arbitrary() { return gen::exec(tracking); }

}  // namespace rc
