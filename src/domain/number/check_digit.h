#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parcelwake::domain {

enum class CheckRule : std::uint8_t {
  None,
  Luhn,   // from the right every second digit doubled, 9 taken off beyond 9; what is missing to a multiple of 10
  Mod7,   // the number modulo 7
  Mod10,  // digits times `even` and `odd` in turn; what is missing to a multiple of 10; letters count as (ASCII-3)%10
  S10,    // UPU S10: eight digits by 8 6 4 2 3 5 9 7, 11 less the sum modulo 11, with 10 as 0 and 11 as 5
  Weighted,  // digits times `weights`, modulo the first and then the second of `moduli`
  Mod37_36,  // ISO/IEC 7064 MOD 37,36 over 0-9A-Z
};

// A check digit's rule with its numbers.
struct CheckDigit {
  static constexpr std::size_t kMostWeights = 16;

  CheckRule rule = CheckRule::None;
  int even = 1;                                      // Mod10: for the first, third … digit
  int odd = 1;                                       // Mod10: for the second, fourth … digit
  bool from_right = false;                           // Mod10: counted from the last digit
  std::array<std::uint8_t, kMostWeights> weights{};  // Weighted: digits beyond the weights do not count
  std::array<int, 2> moduli{1, 1};                   // Weighted
};

// The character that belongs after `serial`. 0 when there is no rule, or the serial is empty or has a character that
// the rule has no value for (only Mod10 and Mod37_36 know letters, upper case).
char check_character(const CheckDigit& check, std::string_view serial);

}  // namespace parcelwake::domain
