#include "wire/http/server/request_id.h"

namespace parcelwake::wire::http {
namespace {

// The mixing of SplitMix64: one to one, so that two numbers never give the same id.
std::uint64_t mixed(std::uint64_t bits) {
  bits += 0x9e3779b97f4a7c15ULL;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31);
}

}  // namespace

RequestId::RequestId(std::uint64_t seed, std::uint64_t number) {
  std::uint64_t bits = mixed(seed + number);
  for (std::size_t i = kLength; i-- > 0; bits >>= 4) text_[i] = "0123456789abcdef"[bits & 15];
}

}  // namespace parcelwake::wire::http
