#include "domain/number/ranking.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace parcelwake::domain {

namespace {

constexpr double kAtHome = 1.2;
constexpr double kAbroad = 0.75;

enum class Hinted { Nothing, Home, Abroad };

Hinted hinted(const NumberFormat& format, const CountryHints& hints) {
  if (format.country.empty() || (hints.origin.empty() && hints.destination.empty())) return Hinted::Nothing;
  const bool home = format.country == hints.origin || format.country == hints.destination;
  return home ? Hinted::Home : Hinted::Abroad;
}

bool failed(const Fit& fit) { return fit.checksum == false; }

void weigh_hints(std::vector<Fit>& fits, const CountryHints& hints) {
  if (hints.origin.empty() && hints.destination.empty()) return;
  for (Fit& fit : fits) {
    switch (hinted(*fit.format, hints)) {
      case Hinted::Nothing:
        break;
      case Hinted::Home:
        fit.strength = std::min(1.0, fit.strength * kAtHome);
        break;
      case Hinted::Abroad:
        fit.strength *= kAbroad;
        break;
    }
  }
}

void drop_bare_counts(std::vector<Fit>& fits, const CountryHints& hints) {
  const auto is_better = [](const Fit& fit) { return fit.format->confidence > Confidence::Low && !failed(fit); };
  if (std::none_of(fits.begin(), fits.end(), is_better)) return;
  std::erase_if(fits, [&hints](const Fit& fit) {
    return fit.format->confidence == Confidence::Low && fit.is_generic && hinted(*fit.format, hints) != Hinted::Home;
  });
}

void keep_first_of_each_carrier(std::vector<Fit>& fits) {
  auto kept = fits.begin();
  for (const Fit& fit : fits) {
    const auto is_same = [&fit](const Fit& other) { return other.carrier == fit.carrier; };
    if (std::none_of(fits.begin(), kept, is_same)) *kept++ = fit;
  }
  fits.erase(kept, fits.end());
}

// To three digits: more would only look exact.
double rounded(double score) { return std::round(score * 1000) / 1000; }

void score(std::vector<Fit>& fits, const CountryHints& hints) {
  if (fits.empty()) return;
  const Fit& first = fits.front();
  const double top = first.strength;
  const bool lifts = first.format->confidence != Confidence::Reserved;
  for (Fit& fit : fits) {
    const bool vouched = fit.format->confidence == Confidence::Verified && !failed(fit) && !fit.is_doubtful &&
                         hinted(*fit.format, hints) != Hinted::Abroad;
    fit.score = rounded(lifts && vouched ? top : fit.strength);
  }
}

}  // namespace

void rank(std::vector<Fit>& fits, const CountryHints& hints) {
  weigh_hints(fits, hints);
  drop_bare_counts(fits, hints);
  std::sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
    return std::make_tuple(failed(a), -a.strength, a.order) < std::make_tuple(failed(b), -b.strength, b.order);
  });
  keep_first_of_each_carrier(fits);
  score(fits, hints);
  std::sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
    return std::make_tuple(failed(a), -a.score, -a.strength, a.order) <
           std::make_tuple(failed(b), -b.score, -b.strength, b.order);
  });
}

}  // namespace parcelwake::domain
