#pragma once

#include <rapidcheck.h>

#include "domain/tracking/tracking.h"

// How RapidCheck makes trackings: every field of any value that the domain's types can hold.
namespace rc {

template <>
struct Arbitrary<parcelwake::domain::Checkpoint> {
  static Gen<parcelwake::domain::Checkpoint> arbitrary();
};

template <>
struct Arbitrary<parcelwake::domain::Tracking> {
  static Gen<parcelwake::domain::Tracking> arbitrary();
};

}  // namespace rc
