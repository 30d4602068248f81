#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "store/codec/tracking_codec.h"

// Any bytes are refused or are a tracking that comes back the same when it is written again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using parcelwake::domain::Tracking;
  Tracking read;
  if (!parcelwake::store::read_tracking_body({reinterpret_cast<const char*>(data), size}, read)) return 0;
  std::string body;
  parcelwake::store::append_tracking_body(read, body);
  Tracking again;
  again.number = parcelwake::domain::TrackingNumber::trusted(read.number.folded());
  if (!parcelwake::store::read_tracking_body(body, again) || !(again == read)) std::abort();
  return 0;
}
