#include "domain/number/check_digit.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::domain {

namespace {

int digit(char c) { return c - '0'; }

char to_digit(int value) { return static_cast<char>('0' + value); }

int missing_to_ten(int sum) { return (10 - sum % 10) % 10; }

int luhn(std::string_view serial) {
  int sum = 0;
  bool doubled = true;
  for (auto at = serial.rbegin(); at != serial.rend(); ++at, doubled = !doubled) {
    const int value = doubled ? 2 * digit(*at) : digit(*at);
    sum += value > 9 ? value - 9 : value;
  }
  return missing_to_ten(sum);
}

int modulo_7(std::string_view serial) {
  int rest = 0;
  for (const char c : serial) rest = (rest * 10 + digit(c)) % 7;
  return rest;
}

int modulo_10(const CheckDigit& check, std::string_view serial) {
  int sum = 0;
  for (std::size_t i = 0; i < serial.size(); ++i) {
    const char c = check.from_right ? serial[serial.size() - 1 - i] : serial[i];
    const int value = ascii::is_digit(c) ? digit(c) : (c - 3) % 10;
    sum += value * (i % 2 == 0 ? check.even : check.odd);
  }
  return missing_to_ten(sum);
}

int s10(std::string_view serial) {
  static constexpr std::array<int, 8> kWeights = {8, 6, 4, 2, 3, 5, 9, 7};
  int sum = 0;
  for (std::size_t i = 0; i < std::min(serial.size(), kWeights.size()); ++i) sum += digit(serial[i]) * kWeights[i];
  const int rest = sum % 11;
  if (rest == 0) return 5;
  return rest == 1 ? 0 : 11 - rest;
}

int weighted(const CheckDigit& check, std::string_view serial) {
  int sum = 0;
  for (std::size_t i = 0; i < std::min(serial.size(), check.weights.size()); ++i) {
    sum += digit(serial[i]) * check.weights[i];
  }
  return sum % check.moduli[0] % check.moduli[1];
}

char modulo_37_36(std::string_view serial) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  int rest = 36;
  for (const char c : serial) {
    rest += ascii::is_digit(c) ? digit(c) : c - 'A' + 10;
    if (rest > 36) rest -= 36;
    rest *= 2;
    if (rest > 36) rest -= 37;
  }
  return kAlphabet[static_cast<std::size_t>((37 - rest) % 36)];
}

}  // namespace

char check_character(const CheckDigit& check, std::string_view serial) {
  const bool letters_count = check.rule == CheckRule::Mod10 || check.rule == CheckRule::Mod37_36;
  const auto counts = [letters_count](char c) { return ascii::is_digit(c) || (letters_count && ascii::is_upper(c)); };
  if (serial.empty() || !std::all_of(serial.begin(), serial.end(), counts)) return '\0';
  switch (check.rule) {
    case CheckRule::None:
      return '\0';
    case CheckRule::Luhn:
      return to_digit(luhn(serial));
    case CheckRule::Mod7:
      return to_digit(modulo_7(serial));
    case CheckRule::Mod10:
      return to_digit(modulo_10(check, serial));
    case CheckRule::S10:
      return to_digit(s10(serial));
    case CheckRule::Weighted:
      return to_digit(weighted(check, serial));
    case CheckRule::Mod37_36:
      return modulo_37_36(serial);
  }
  return '\0';
}

}  // namespace parcelwake::domain
