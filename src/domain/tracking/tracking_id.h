#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.h"
#include "base/time.h"

namespace parcelwake::domain {

using AccountId = StrongId<struct AccountTag>;

// Which of the 1,024 parts of a distributed store a tracking lives in: a digest of its account and folded number.
using Bucket = std::uint16_t;
inline constexpr unsigned kBucketCount = 1024;
Bucket bucket_of(AccountId account, std::string_view folded_number);

// Names a tracking for good: kept across a change of carrier, deletion and re-adding. 32 lower-case hex digits. Those
// that we make begin with the bucket, three digits, then the time, for the sake of indexes. Those that came with a
// tracking from another service are as that made them, so nothing can be read out of an id.
class TrackingId {
 public:
  TrackingId() = default;

  // `random`: 64 fresh random bits.
  static TrackingId make(Bucket bucket, Timestamp now, std::uint64_t random);
  // Nothing for anything else than 32 hex digits.
  static std::optional<TrackingId> parse(std::string_view hex);
  static TrackingId from_bytes(const std::array<std::uint8_t, 16>& bytes) { return TrackingId(bytes); }

  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  std::string hex() const;
  // The same id under `bucket`: its first three digits replaced.
  TrackingId moved_to(Bucket bucket) const;

  auto operator<=>(const TrackingId&) const = default;

 private:
  explicit TrackingId(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}

  std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace parcelwake::domain

template <>
struct std::hash<parcelwake::domain::TrackingId> {
  std::size_t operator()(const parcelwake::domain::TrackingId& id) const noexcept {
    std::size_t tail = 0;
    std::memcpy(&tail, id.bytes().data() + 8, sizeof(tail));
    return tail;
  }
};
