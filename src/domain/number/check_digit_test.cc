#include "domain/number/check_digit.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

namespace parcelwake::domain {
namespace {

CheckDigit rule(CheckRule rule) {
  CheckDigit check;
  check.rule = rule;
  return check;
}

CheckDigit mod10(int even, int odd, bool from_right = false) {
  CheckDigit check = rule(CheckRule::Mod10);
  check.even = even;
  check.odd = odd;
  check.from_right = from_right;
  return check;
}

CheckDigit fedex() {
  CheckDigit check = rule(CheckRule::Weighted);
  check.weights = {3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1};
  check.moduli = {11, 10};
  return check;
}

std::string digits() { return *rc::gen::container<std::string>(20, rc::gen::inRange('0', static_cast<char>('9' + 1))); }

// `serial` with the digit at `at` made another one.
std::string with_one_wrong(std::string serial, std::size_t at) {
  const char wrong =
      *rc::gen::suchThat(rc::gen::inRange('0', static_cast<char>('9' + 1)), [&](char c) { return c != serial[at]; });
  serial[at] = wrong;
  return serial;
}

TEST(CheckDigit, KnownNumbersHold) {
  EXPECT_EQ(check_character(rule(CheckRule::Luhn), "0720956276"), '3');          // Old Dominion
  EXPECT_EQ(check_character(rule(CheckRule::Mod7), "331881001"), '4');           // DHL Express
  EXPECT_EQ(check_character(mod10(3, 1), "703511447713847"), '2');               // Canada Post
  EXPECT_EQ(check_character(mod10(1, 2), "879E93034683444"), '0');               // UPS, with a letter
  EXPECT_EQ(check_character(mod10(3, 1, true), "940580369930012428789"), '9');   // USPS
  EXPECT_EQ(check_character(rule(CheckRule::S10), "47312482"), '9');             // UPU's own example
  EXPECT_EQ(check_character(fedex(), "47717908123"), '0');                       // FedEx
  EXPECT_EQ(check_character(rule(CheckRule::Mod37_36), "09980000020033"), 'F');  // DPD
}

TEST(CheckDigit, S10GivesFiveForElevenAndZeroForTen) {
  EXPECT_EQ(check_character(rule(CheckRule::S10), "00000000"), '5');
  EXPECT_EQ(check_character(rule(CheckRule::S10), "10100000"), '0');  // 8 + 4 = 12, 1 modulo 11
}

TEST(CheckDigit, WithoutARuleOrASerialThereIsNone) {
  EXPECT_EQ(check_character(rule(CheckRule::None), "123"), '\0');
  EXPECT_EQ(check_character(rule(CheckRule::Luhn), ""), '\0');
}

TEST(CheckDigit, CharactersTheRuleHasNoValueForGiveNone) {
  for (const CheckRule kind : {CheckRule::Luhn, CheckRule::Mod7, CheckRule::S10}) {
    EXPECT_EQ(check_character(rule(kind), "1234567A"), '\0');
  }
  EXPECT_EQ(check_character(fedex(), "1234567A"), '\0');
  EXPECT_EQ(check_character(mod10(1, 2), "12 4"), '\0');
  EXPECT_EQ(check_character(rule(CheckRule::Mod37_36), "12a4"), '\0');
}

TEST(CheckDigit, LuhnAndMod37_36FindEverySingleWrongDigit) {
  const bool held = rc::check([] {
    const std::string serial = digits();
    const std::string other = with_one_wrong(serial, *rc::gen::inRange<std::size_t>(0, serial.size()));
    for (const CheckRule kind : {CheckRule::Luhn, CheckRule::Mod37_36}) {
      RC_ASSERT(check_character(rule(kind), serial) != check_character(rule(kind), other));
    }
    // A factor that shares none with 10 keeps every digit apart.
    RC_ASSERT(check_character(mod10(3, 1), serial) != check_character(mod10(3, 1), other));
  });
  EXPECT_TRUE(held);
}

TEST(CheckDigit, Mod7EqualsDivisionOfTheWholeNumber) {
  const bool held = rc::check([](std::uint64_t number) {
    RC_ASSERT(check_character(rule(CheckRule::Mod7), std::to_string(number)) == static_cast<char>('0' + number % 7));
  });
  EXPECT_TRUE(held);
}

TEST(CheckDigit, Mod10CountedFromTheRightIsThatOfTheReversedSerial) {
  const bool held = rc::check([] {
    const std::string serial = digits();
    const std::string reversed(serial.rbegin(), serial.rend());
    RC_ASSERT(check_character(mod10(3, 1, true), serial) == check_character(mod10(3, 1), reversed));
  });
  EXPECT_TRUE(held);
}

TEST(CheckDigit, DigitsBeyondTheWeightsDoNotCount) {
  CheckDigit check = fedex();
  check.weights = {3, 1, 7};
  EXPECT_EQ(check_character(check, "123"), check_character(check, "1239999"));
}

}  // namespace
}  // namespace parcelwake::domain
