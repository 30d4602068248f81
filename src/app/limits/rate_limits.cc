#include "app/limits/rate_limits.h"

#include <string>

namespace parcelwake::app {
namespace {

RateLimit limit_for(const RateSettings& settings, RateClass rate) {
  return {.per_second = settings.per_second[static_cast<std::size_t>(rate)] * settings.factor, .block = settings.block};
}

}  // namespace

RateLimits::RateLimits(const RateSettings& settings)
    : scope_(settings.scope),
      limiters_{
          RateLimiter(limit_for(settings, RateClass::List)),     RateLimiter(limit_for(settings, RateClass::Realtime)),
          RateLimiter(limit_for(settings, RateClass::Create)),   RateLimiter(limit_for(settings, RateClass::Other)),
          RateLimiter(limit_for(settings, RateClass::V4Create)), RateLimiter(limit_for(settings, RateClass::V4Other))} {
}

RateStanding RateLimits::admit(RateClass rate, domain::AccountId account, std::string_view address, Timestamp now) {
  RateLimiter& limiter = limiters_[static_cast<std::size_t>(rate)];
  return scope_ == RateScope::Address ? limiter.admit(address, now) : limiter.admit(std::to_string(account.value), now);
}

}  // namespace parcelwake::app
