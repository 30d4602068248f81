#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace parcelwake {

// A number that names one kind of thing and cannot be taken for another: `using AccountId = StrongId<struct
// AccountTag>`.
template <class Tag>
struct StrongId {
  std::int64_t value = 0;

  auto operator<=>(const StrongId&) const = default;
};

}  // namespace parcelwake

template <class Tag>
struct std::hash<parcelwake::StrongId<Tag>> {
  std::size_t operator()(const parcelwake::StrongId<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
