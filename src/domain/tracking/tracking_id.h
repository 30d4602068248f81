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

// Names a tracking for good: kept across a change of carrier, deletion and re-adding. 32 lower-case hex digits, of
// which the first three are the bucket, so that a look-up by id knows its bucket; then the time it was made, for the
// sake of indexes.
class TrackingId {
 public:
  TrackingId() = default;

  // `random`: 64 fresh random bits.
  static TrackingId make(Bucket bucket, Timestamp now, std::uint64_t random);
  // Nothing for anything else than 32 hex digits that begin with a bucket there is.
  static std::optional<TrackingId> parse(std::string_view hex);
  // An id that another service gave, as far as our rule lets it: `hex` with its first three digits replaced by the
  // bucket. Nothing for anything else than 32 hex digits.
  static std::optional<TrackingId> adopt(Bucket bucket, std::string_view hex);
  static TrackingId from_bytes(const std::array<std::uint8_t, 16>& bytes) { return TrackingId(bytes); }

  Bucket bucket() const { return static_cast<Bucket>((bytes_[0] << 4) | (bytes_[1] >> 4)); }
  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  std::string hex() const;

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
