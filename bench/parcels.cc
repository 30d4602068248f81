#include "parcels.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace parcelwake::bench {
namespace {

using domain::Checkpoint;
using domain::Milestone;
using domain::Reading;
using domain::Status;
using domain::Substatus;
using domain::Tracking;

constexpr std::uint64_t kNumbers = std::uint64_t{1} << 46;

// What a seed and a place give: bits without a pattern (SplitMix64's finaliser).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

// Of carriers that have no connector.
constexpr std::array<std::string_view, 4> kCarriers = {"china-ems", "china-post", "hong-kong-post", "singapore-post"};
constexpr std::array<std::string_view, 8> kNames = {"Ann Miller",    "B. Okafor", "Chen Wei",      "Dagny Ström",
                                                    "Emre Yıldırım", "F. García", "Grace O'Neill", "Ивана Петрова"};
constexpr std::array<std::string_view, 8> kGoods = {
    "Linen shirt, size M", "Phone case (blue)",      "2 x mug \"Fjord\"", "Desk lamp",
    "Running shoes 42",    "Book: Tide tables 2024", "Ceramic vase",      "USB-C cable, 2 m"};
constexpr std::array<std::string_view, 6> kCities = {"Berlin, DE", "Lyon, FR",     "Kraków, PL",
                                                     "Porto, PT",  "Göteborg, SE", "Leeds, GB"};

struct Step {
  std::string_view code;
  std::string_view description;
  std::string_view place;  // empty: the destination
  Reading reading;
  Milestone milestone;
  int after_minutes;  // the step before
};
constexpr std::array<Step, 5> kSteps = {{
    {"203", "Posting/Collection", "Shenzhen, CN", {Status::Transit, Substatus::InTransit}, Milestone::ItemReceived, 0},
    {"EXC",
     "Departure from outward office of exchange",
     "Guangzhou, CN",
     {Status::Transit, Substatus::InTransit},
     Milestone::ItemDispatched,
     1900},
    {"EMD",
     "Arrival at inward office of exchange",
     "",
     {Status::Transit, Substatus::ArrivedInDestinationCountry},
     Milestone::ArrivalfromAbroad,
     5100},
    {"OUT",
     "The item is out for delivery",
     "",
     {Status::Pickup, Substatus::OutForDelivery},
     Milestone::OutForDelivery,
     2600},
    {"EMI", "Delivered to the addressee", "", {Status::Delivered, Substatus::Delivered}, Milestone::Delivered, 340},
}};

constexpr UtcOffset kOffset{std::chrono::hours{8}};

Checkpoint checkpoint_of(const Step& step, std::string_view destination, Timestamp at) {
  Checkpoint c;
  c.time = {
      .wall = to_wall(at, kOffset), .offset = kOffset, .offset_told = true, .precision = domain::Precision::Second};
  append_date_second(c.time_raw, c.time.wall);
  c.description = step.description;
  c.location = step.place.empty() ? destination : step.place;
  c.code = step.code;
  c.reading = step.reading;
  c.milestone = step.milestone;
  c.source = "china-ems/1";
  c.first_seen = at + std::chrono::minutes{37};
  return c;
}

}  // namespace

// Multiplying by an odd number permutes the numbers below a power of two.
std::string Parcels::number(std::uint64_t i) const {
  return fmt::format("PW{:014}", (i * 0x2545f4914f6cdd1d + mixed(seed_)) % kNumbers);
}

Tracking Parcels::fresh(std::uint64_t i) const {
  const std::uint64_t chance = mixed(seed_ ^ mixed(i));
  Tracking t;
  t.account = account_;
  t.number = domain::TrackingNumber::trusted(number(i));
  t.carrier = domain::CarrierCode::trusted(std::string(kCarriers[chance % kCarriers.size()]));
  // Over 60 days; several share a second, as in an import.
  t.created_at = from_unix_seconds(1'709'287'200 + static_cast<std::int64_t>((chance >> 8) % (60 * 86'400)));
  t.updated_at = t.created_at;
  t.id = domain::TrackingId::make(domain::bucket_of(account_, t.number.text()), t.created_at, mixed(chance));
  t.origin.carrier = t.carrier;
  t.details.title = kGoods[(chance >> 16) % kGoods.size()];
  t.details.customer_name = kNames[(chance >> 24) % kNames.size()];
  t.details.customer_email = fmt::format("customer{}@example.org", i % 100'000);
  t.details.order_id = fmt::format("#{}", 10'000 + i);
  t.details.destination_code = "DE";
  return t;
}

Tracking Parcels::travelled(std::uint64_t i) const {
  const std::uint64_t chance = mixed(mixed(seed_) ^ i);
  Tracking t = fresh(i);
  const std::size_t steps = i % 2 == 0 ? kSteps.size() : 3 + chance % 2;
  const std::string_view destination = kCities[(chance >> 8) % kCities.size()];
  std::vector<Checkpoint> checkpoints;
  Timestamp at = t.created_at + std::chrono::minutes{(chance >> 16) % 600};
  for (std::size_t step = 0; step < steps; ++step) {
    at += std::chrono::minutes{kSteps[step].after_minutes} + std::chrono::seconds{(chance >> (20 + step)) % 4000};
    checkpoints.push_back(checkpoint_of(kSteps[step], destination, at));
  }
  t.updated_at = checkpoints.back().first_seen;
  t.computed_status = checkpoints.back().reading->status;
  t.computed_substatus = checkpoints.back().reading->substatus;
  if (steps == kSteps.size()) t.asking_ended = t.updated_at;
  t.facts.origin_country = "CN";
  t.facts.destination_country = "DE";
  t.origin.timeline = domain::Timeline::restored(std::move(checkpoints));
  return t;
}

}  // namespace parcelwake::bench
