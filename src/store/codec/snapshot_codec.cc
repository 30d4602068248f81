#include "store/codec/snapshot_codec.h"

#include <limits>

#include "store/codec/bytes.h"
#include "store/codec/tracking_codec.h"

namespace parcelwake::store {
namespace {

// 1: flags, number, carrier, created_at, updated_at, order id, order time where there is one, body.
constexpr std::uint8_t kVersion = 1;

constexpr std::uint64_t kArchived = 1 << 0;
constexpr std::uint64_t kOrderTime = 1 << 1;
constexpr std::uint64_t kFlags = (1 << 2) - 1;

Timestamp read_time(ByteReader& in) { return Timestamp{std::chrono::milliseconds{in.signed_varint()}}; }

}  // namespace

void append_tracking_snapshot(const domain::Tracking& tracking, std::string& out) {
  ByteWriter writer(out);
  const auto& order_time = tracking.details.order_time;
  writer.byte(kVersion);
  writer.varint((tracking.archived ? kArchived : 0) | (order_time ? kOrderTime : 0));
  writer.text(tracking.number.folded());
  writer.text(tracking.carrier.text());
  writer.signed_varint(tracking.created_at.time_since_epoch().count());
  writer.signed_varint(tracking.updated_at.time_since_epoch().count());
  writer.text(tracking.details.order_id);
  if (order_time) writer.signed_varint(order_time->time_since_epoch().count());
  append_tracking_body(tracking, out);
}

bool read_tracking_snapshot(std::string_view snapshot, domain::Tracking& tracking) {
  ByteReader reader(snapshot);
  if (reader.byte() != kVersion) return false;
  const std::uint64_t flags = reader.varint();
  if ((flags & ~kFlags) != 0) return false;
  tracking.archived = (flags & kArchived) != 0;
  tracking.number = domain::TrackingNumber::trusted(std::string(reader.text()));
  tracking.carrier = domain::CarrierCode::trusted(std::string(reader.text()));
  tracking.created_at = read_time(reader);
  tracking.updated_at = read_time(reader);
  tracking.details.order_id = std::string(reader.text());
  if ((flags & kOrderTime) != 0) tracking.details.order_time = read_time(reader);
  return !reader.failed() && read_tracking_body(snapshot.substr(snapshot.size() - reader.left()), tracking);
}

}  // namespace parcelwake::store
