#pragma once

#include "domain/tracking/examples.h"
#include "ports/clock.h"

namespace parcelwake::app::testing {

// Stands still until a test moves it.
class SettableClock final : public ports::Clock {
 public:
  Timestamp time = domain::examples::utc(2024, 3, 1, 12);

  Timestamp now() override { return time; }
};

}  // namespace parcelwake::app::testing
