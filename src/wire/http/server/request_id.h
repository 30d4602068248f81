#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parcelwake::wire::http {

// Sixteen hex digits that stand for one request. Ids of one seed differ from each other and say nothing about their
// order.
class RequestId {
 public:
  RequestId() = default;
  RequestId(std::uint64_t seed, std::uint64_t number);

  std::string_view text() const { return {text_.data(), text_[0] == '\0' ? 0 : kLength}; }
  const char* c_str() const { return text_.data(); }  // "" for none

 private:
  static constexpr std::size_t kLength = 16;
  std::array<char, kLength + 1> text_{};
};

}  // namespace parcelwake::wire::http
