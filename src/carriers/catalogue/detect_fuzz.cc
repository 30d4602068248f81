// Any bytes as a number: detection answers, in order, and never crashes.
#include <cstdint>
#include <cstdlib>

#include "carriers/catalogue/embedded_catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto catalogue = parcelwake::carriers::load_embedded_catalogue();
  const std::string_view number(reinterpret_cast<const char*>(data), size);
  double last = 1;
  bool failed = false;
  for (const auto& candidate : catalogue->detect(number, {})) {
    const bool fails = candidate.checksum == false;
    if (failed && !fails) std::abort();
    if (fails == failed && candidate.score > last) std::abort();
    failed = fails;
    last = candidate.score;
  }
  return 0;
}
