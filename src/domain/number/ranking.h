#pragma once

#include <string_view>
#include <vector>

#include "domain/number/detector.h"

namespace parcelwake::domain {

// Where a parcel comes from and goes to: ISO 3166 alpha-2, upper case; empty: unknown.
struct CountryHints {
  std::string_view origin;
  std::string_view destination;
};

// Turns what a number fits into the answer: each carrier once, best first, scored.
//
// Strongest first; among equals as the detector has them. A format whose carrier works in one country alone counts
// for more when a hint names that country and for less when hints name others. A bare count of digits of low
// confidence stays only while nothing better fits, or a hint speaks for it. The score is the strength, but a verified
// format whose check digit does not fail shares the best one's: its carrier's published numbers must not lose to a
// chance fit. Formats whose check digit fails come last.
void rank(std::vector<Fit>& fits, const CountryHints& hints);

}  // namespace parcelwake::domain
