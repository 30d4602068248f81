#pragma once

#include <cstdint>
#include <string>

#include "domain/tracking/tracking.h"

namespace parcelwake::bench {

// Parcels of one account made from a seed: parcel `i` is the same at every run, and no two have the same number.
class Parcels {
 public:
  Parcels(domain::AccountId account, std::uint64_t seed) : account_(account), seed_(seed) {}

  std::string number(std::uint64_t i) const;  // 16 characters

  // A journey of three to five checkpoints, some hours or weeks old; one in two is delivered.
  domain::Tracking travelled(std::uint64_t i) const;

  // The same parcel as it is when it has just been added.
  domain::Tracking fresh(std::uint64_t i) const;

 private:
  domain::AccountId account_;
  std::uint64_t seed_;
};

}  // namespace parcelwake::bench
