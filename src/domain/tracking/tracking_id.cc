#include "domain/tracking/tracking_id.h"

#include "base/ascii.h"
#include "base/digest.h"

namespace parcelwake::domain {

Bucket bucket_of(AccountId account, std::string_view folded_number) {
  std::string key = std::to_string(account.value);
  key.push_back('\0');
  key.append(folded_number);
  const Sha256 digest = sha256(key);
  return static_cast<Bucket>(((digest[0] << 8) | digest[1]) % kBucketCount);
}

TrackingId TrackingId::make(Bucket bucket, Timestamp now, std::uint64_t random) {
  std::array<std::uint8_t, 16> bytes{};
  // 12 bits of bucket, 52 bits of milliseconds since 1970, 64 random bits.
  const auto millis = static_cast<std::uint64_t>(now.time_since_epoch().count());
  const std::uint64_t head = (static_cast<std::uint64_t>(bucket) << 52) | (millis & ((std::uint64_t{1} << 52) - 1));
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(head >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(random >> (56 - 8 * i));
  }
  return TrackingId(bytes);
}

std::optional<TrackingId> TrackingId::parse(std::string_view hex) {
  std::string raw;
  if (hex.size() != 32 || !ascii::from_hex(hex, raw)) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), raw.data(), bytes.size());
  return TrackingId(bytes);
}

TrackingId TrackingId::moved_to(Bucket bucket) const {
  TrackingId moved = *this;
  moved.bytes_[0] = static_cast<std::uint8_t>(bucket >> 4);
  moved.bytes_[1] = static_cast<std::uint8_t>(((bucket & 0xF) << 4) | (bytes_[1] & 0xF));
  return moved;
}

std::string TrackingId::hex() const {
  return ascii::to_hex({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()});
}

}  // namespace parcelwake::domain
