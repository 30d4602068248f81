#include "domain/number/ranking.h"

#include <gtest/gtest.h>

#include <deque>

namespace parcelwake::domain {
namespace {

// Fits of one number, made one by one.
class Fits {
 public:
  Fit& add(Confidence confidence, double strength, std::optional<bool> checksum = std::nullopt) {
    NumberFormat& format = formats_.emplace_back();
    format.confidence = confidence;
    Fit& fit = fits.emplace_back();
    fit.format = &format;
    fit.order = fit.carrier = static_cast<std::uint16_t>(fits.size() - 1);
    fit.strength = strength;
    fit.checksum = checksum;
    return fit;
  }
  NumberFormat& format(std::size_t i) { return formats_[i]; }

  std::vector<int> ranked(const CountryHints& hints = {}) {
    rank(fits, hints);
    std::vector<int> carriers;
    for (const Fit& fit : fits) carriers.push_back(fit.carrier);
    return carriers;
  }

  std::vector<Fit> fits;

 private:
  std::deque<NumberFormat> formats_;
};

using Order = std::vector<int>;

TEST(Ranking, StrongestFirst) {
  Fits given;
  given.add(Confidence::Medium, 0.3);
  given.add(Confidence::Medium, 0.8, true);
  given.add(Confidence::Medium, 0.5);
  EXPECT_EQ(given.ranked(), (Order{1, 2, 0}));
}

TEST(Ranking, EqualsKeepTheDetectorsOrder) {
  Fits given;
  given.add(Confidence::High, 0.8, true);
  given.add(Confidence::High, 0.8, true);
  given.add(Confidence::High, 0.8, true);
  EXPECT_EQ(given.ranked(), (Order{0, 1, 2}));
}

TEST(Ranking, AFailedCheckDigitIsLastEvenOfAVerifiedFormat) {
  Fits given;
  given.add(Confidence::Verified, 0.09, false);
  given.add(Confidence::Medium, 0.05);
  EXPECT_EQ(given.ranked(), (Order{1, 0}));
  EXPECT_LT(given.fits[1].score, 0.1);
}

TEST(Ranking, EachCarrierOnceWithItsBestFormat) {
  Fits given;
  given.add(Confidence::Medium, 0.3);
  given.add(Confidence::Medium, 0.6).carrier = 0;
  EXPECT_EQ(given.ranked(), Order{0});
  EXPECT_EQ(given.fits[0].strength, 0.6);
}

TEST(Ranking, AVerifiedFormatSharesTheBestScore) {
  Fits given;
  given.add(Confidence::High, 0.78, true);
  given.add(Confidence::Medium, 0.5);
  given.add(Confidence::Verified, 0.3);
  EXPECT_EQ(given.ranked(), (Order{0, 2, 1}));
  EXPECT_EQ(given.fits[1].score, given.fits[0].score);
}

TEST(Ranking, NothingSharesTheScoreOfANumberReservedForUs) {
  Fits given;
  given.add(Confidence::Reserved, 1);
  given.add(Confidence::Verified, 0.3);
  EXPECT_EQ(given.ranked(), (Order{0, 1}));
  EXPECT_EQ(given.fits[1].score, 0.3);
}

TEST(Ranking, ABareCountOfDigitsStaysOnlyWhenNothingBetterFits) {
  Fits given;
  given.add(Confidence::Low, 0.15).is_generic = true;
  given.add(Confidence::Low, 0.3);
  given.add(Confidence::Verified, 0.08, false);
  EXPECT_EQ(Fits(given).ranked(), (Order{1, 0, 2}));
  given.add(Confidence::Medium, 0.25);
  EXPECT_EQ(given.ranked(), (Order{1, 3, 2}));
}

TEST(Ranking, AHintOfTheCountryMovesADomesticFormatUp) {
  Fits given;
  given.add(Confidence::High, 0.8, true);
  given.add(Confidence::High, 0.77, true);
  given.format(1).country = "JP";
  EXPECT_EQ(Fits(given).ranked(), (Order{0, 1}));
  EXPECT_EQ(Fits(given).ranked({.origin = "", .destination = "JP"}), (Order{1, 0}));
  EXPECT_EQ(Fits(given).ranked({.origin = "JP", .destination = "US"}), (Order{1, 0}));
}

TEST(Ranking, AHintOfAnotherCountryMovesItDownAndTakesItsShareOfTheBestScore) {
  Fits given;
  given.add(Confidence::Verified, 0.8, true);
  given.add(Confidence::High, 0.7, true);
  given.format(0).country = "CA";
  EXPECT_EQ(given.ranked({.origin = "", .destination = "DE"}), (Order{1, 0}));
  EXPECT_LT(given.fits[1].score, given.fits[0].score);
}

TEST(Ranking, AHintKeepsABareCountOfDigits) {
  Fits given;
  given.add(Confidence::Low, 0.15).is_generic = true;
  given.format(0).country = "GR";
  given.add(Confidence::Medium, 0.25);
  EXPECT_EQ(given.ranked({.origin = "", .destination = "GR"}), (Order{1, 0}));
}

TEST(Ranking, NothingStaysNothing) {
  Fits none;
  EXPECT_TRUE(none.ranked().empty());
}

}  // namespace
}  // namespace parcelwake::domain
