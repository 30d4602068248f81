#pragma once

#include <cstdint>

#include "domain/account/account.h"

namespace parcelwake::app {

// What an account has left.
struct Balance {
  std::int64_t money = 0;
  std::int64_t numbers = 0;  // trackings that it may still add
};

// The numbers of an account without a limit: larger than any count of parcels, small enough for a client's 32 bits.
inline constexpr std::int64_t kUnlimitedNumbers = 1'000'000'000;

// Every account is without a limit; plans that have one are to be told apart here.
inline Balance balance_of(const domain::Account&) { return {.money = 0, .numbers = kUnlimitedNumbers}; }

}  // namespace parcelwake::app
