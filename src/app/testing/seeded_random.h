#pragma once

#include <random>

#include "ports/random.h"

namespace parcelwake::app::testing {

// The same numbers at every run.
class SeededRandom final : public ports::Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}
  std::uint64_t bits() override { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

// Never the same, but the lower half always in the middle of its range: ask intervals come out unspread.
class MiddleRandom final : public ports::Random {
 public:
  std::uint64_t bits() override { return (++drawn_ << 32) | (std::uint64_t{1} << 31); }

 private:
  std::uint64_t drawn_ = 0;
};

}  // namespace parcelwake::app::testing
