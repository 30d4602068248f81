#include "domain/policy/telling.h"

#include <algorithm>

namespace parcelwake::domain {
namespace {

using std::chrono::milliseconds;

// Doubling any further would only overflow.
constexpr unsigned kMostDoublings = 30;

}  // namespace

std::optional<milliseconds> pause_before_retry(const RetryRule& rule, unsigned failures,
                                               std::optional<milliseconds> retry_after, std::uint32_t dice) {
  if (failures >= rule.attempts) return std::nullopt;
  const std::int64_t doubled = std::int64_t{1} << std::min(failures - 1, kMostDoublings);
  milliseconds pause = rule.first_pause * doubled;
  if (retry_after) pause = std::max(pause, std::min<milliseconds>(*retry_after, kLongestRetryAfter));
  const double more = 0.1 * (static_cast<double>(dice) / 4294967296.0);
  return pause + milliseconds{static_cast<std::int64_t>(static_cast<double>(pause.count()) * more)};
}

bool is_given_up(const Endpoint& endpoint, const RetryRule& rule, Timestamp now) {
  return endpoint.failing_since && now - *endpoint.failing_since >= rule.disable_after;
}

}  // namespace parcelwake::domain
