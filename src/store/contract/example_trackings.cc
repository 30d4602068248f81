#include "store/contract/example_trackings.h"

#include "base/digest.h"

namespace parcelwake::store {

using domain::Checkpoint;
using domain::Tracking;

Timestamp minute(int minutes) { return from_unix_seconds(1'709'287'200) + std::chrono::minutes{minutes}; }

Tracking example_tracking(std::string_view number, std::string_view carrier, std::int64_t account) {
  Tracking t;
  t.account.value = account;
  t.number = domain::TrackingNumber::trusted(std::string(number));
  t.carrier = domain::CarrierCode::trusted(std::string(carrier));
  t.created_at = minute(0);
  t.updated_at = minute(0);
  const Sha256 digest = sha256(t.number.folded() + '/' + std::string(carrier) + '/' + std::to_string(account));
  std::uint64_t random = 0;
  for (std::size_t i = 0; i < 8; ++i) random = random << 8 | digest[i];
  t.id = domain::TrackingId::make(domain::bucket_of(t.account, t.number.folded()), t.created_at, random);
  t.origin.carrier = t.carrier;
  return t;
}

Tracking full_tracking(std::string_view number) {
  Tracking t = example_tracking(number, "china-ems");
  t.details = {.title = "A title",
               .customer_name = "Ann",
               .customer_email = "ann@example.org",
               .customer_phone = "+44 20 7946 0000",
               .order_id = "#1001",
               .comment = "left \xe2\x80\x94 right",
               .logistics_channel = "air",
               .language = "en",
               .destination_code = "DE",
               .ship_date = "20240301",
               .postal_code = "10115",
               .account_number = "A-1",
               .order_number = "2024-17",
               .customer_sms = "+44 20 7946 0001",
               .recipient_postcode = "10117",
               .label = "gift",
               .tracking_key = "k-9",
               .origin_code = "CN",
               .origin_told = "China",
               .destination_told = "Germany",
               .order_time = minute(-60)};
  t.facts = {.origin_country = "CN",
             .destination_country = "DE",
             .signed_by = "B. NEIGHBOUR",
             .service = "EMS",
             .weight = "1.2 kg",
             .reference = "R-7",
             .estimated_delivery = "2024-03-09"};
  t.retracked_at = minute(400);
  t.asking_ended = minute(500);
  t.archived = true;
  t.manual_status = domain::Status::Delivered;
  t.computed_status = domain::Status::Transit;
  t.computed_substatus = domain::Substatus::CustomsCleared;
  const Checkpoint first{
      .time = {.wall = to_wall(minute(1), UtcOffset{std::chrono::hours{8}}),
               .offset = UtcOffset{std::chrono::hours{8}},
               .offset_told = true,
               .precision = domain::Precision::Second},
      .time_raw = "2024-03-01 18:01:00 +0800",
      .description = "\xe6\x94\xb6\xe5\xaf\x84",
      .location = "Shenzhen, CN",
      .code = "203",
      .reading = domain::Reading{.status = domain::Status::Transit, .substatus = domain::Substatus::InTransit},
      .milestone = domain::Milestone::ItemReceived,
      .notice = false,
      .sequence = 0,
      .source = "china-ems/1",
      .first_seen = minute(30)};
  Checkpoint second = first;
  second.time.wall += std::chrono::minutes{90};
  second.time.precision = domain::Precision::Minute;
  second.sequence = 3;
  second.notice = true;
  second.milestone.reset();
  Checkpoint third = second;
  third.time = {.wall = second.time.wall + std::chrono::days{1},
                .offset = std::nullopt,
                .offset_told = false,
                .precision = domain::Precision::Date};
  third.reading.reset();
  third.location = "Leipzig, DE";
  Checkpoint timeless;
  timeless.description = "Information received";
  t.origin.timeline = domain::Timeline::restored({timeless, first, second, third});
  t.origin.number = "EA123456785CN";
  t.origin.reported = domain::Reading{.status = domain::Status::Transit, .substatus = std::nullopt};
  t.origin.reported_at = minute(31);
  t.destination.carrier = domain::CarrierCode::trusted("dhl-parcel-de");
  t.destination.number = "00340";
  t.destination.timeline = domain::Timeline::restored({third});
  t.destination.reported =
      domain::Reading{.status = domain::Status::Pickup, .substatus = domain::Substatus::OutForDelivery};
  t.destination.reported_at = minute(32);
  return t;
}

ports::TrackingKey key_of(const Tracking& tracking) {
  return {.account = tracking.account, .folded_number = tracking.number.folded(), .carrier = tracking.carrier};
}

}  // namespace parcelwake::store
