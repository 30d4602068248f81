#include "domain/tracking/checkpoint.h"

#include <string_view>
#include <tuple>

namespace parcelwake::domain {
namespace {

auto identity(const Checkpoint& c) {
  const bool has_clock = c.time.precision != Precision::None;
  return std::tuple(c.time.precision, has_clock ? c.time.wall.time_since_epoch().count() : 0, std::string_view(c.code),
                    std::string_view(c.description), std::string_view(c.location),
                    has_clock ? std::string_view() : std::string_view(c.time_raw));
}

}  // namespace

bool same_event(const Checkpoint& a, const Checkpoint& b) { return identity(a) == identity(b); }

std::strong_ordering by_event(const Checkpoint& a, const Checkpoint& b) { return identity(a) <=> identity(b); }

std::strong_ordering chronological(const Checkpoint& a, const Checkpoint& b) {
  if (const auto by_moment = a.time.order_key() <=> b.time.order_key(); by_moment != 0) return by_moment;
  if (const auto by_sequence = a.sequence <=> b.sequence; by_sequence != 0) return by_sequence;
  return by_event(a, b);
}

}  // namespace parcelwake::domain
