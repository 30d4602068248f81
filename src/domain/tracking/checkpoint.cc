#include "domain/tracking/checkpoint.h"

#include <tuple>

namespace parcelwake::domain {

bool same_event(const Checkpoint& a, const Checkpoint& b) {
  return a.time.wall == b.time.wall && a.time.precision == b.time.precision && a.code == b.code &&
         a.description == b.description && a.location == b.location;
}

std::strong_ordering chronological(const Checkpoint& a, const Checkpoint& b) {
  const auto key = [](const Checkpoint& c) {
    return std::tuple(c.time.precision != Precision::None, c.time.order_key().time_since_epoch().count(), c.sequence);
  };
  if (const auto by_moment = key(a) <=> key(b); by_moment != 0) return by_moment;
  return std::tie(a.code, a.description, a.location) <=> std::tie(b.code, b.description, b.location);
}

}  // namespace parcelwake::domain
