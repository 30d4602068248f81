#include "carriers/catalogue/embedded_catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "carriers/catalogue/number_format_toml.h"
#include "domain/number/ranking.h"

namespace parcelwake::carriers {
namespace {

const Catalogue& catalogue() {
  static const std::unique_ptr<Catalogue> loaded = [] {
    auto parsed = Catalogue::parse(embedded_texts());
    if (!parsed) throw std::runtime_error(parsed.error());
    return std::move(parsed).value();
  }();
  return *loaded;
}

std::vector<SampleNumber> samples() {
  std::vector<SampleNumber> all;
  for (const auto& [file, text] : embedded_texts().formats) {
    auto read = parse_number_formats(text, std::string(file));
    for (SampleNumber& sample : read->samples) all.push_back(std::move(sample));
  }
  return all;
}

const domain::NumberFormat& format_of(const SampleNumber& sample) {
  const auto& formats = catalogue().detector().formats();
  return *std::ranges::find(formats, sample.format, &domain::NumberFormat::id);
}

std::vector<ports::Candidate> detect(std::string_view number, const ports::DetectHints& hints = {}) {
  return catalogue().detect(number, hints);
}

const ports::Candidate* candidate(const std::vector<ports::Candidate>& candidates, std::string_view code) {
  const auto found = std::ranges::find_if(candidates, [&](const auto& one) { return one.carrier.text() == code; });
  return found == candidates.end() ? nullptr : &*found;
}

std::vector<std::string> carriers_for(std::string_view number, const ports::DetectHints& hints = {}) {
  std::vector<std::string> codes;
  for (const ports::Candidate& one : detect(number, hints)) codes.push_back(one.carrier.text());
  return codes;
}

std::string first(std::string_view number, const ports::DetectHints& hints = {}) {
  const auto codes = carriers_for(number, hints);
  return codes.empty() ? "" : codes.front();
}

// The carriers a sample is of: its format's, or the operators that the number's letters name.
std::set<std::string> carriers_of(const SampleNumber& sample) {
  const domain::NumberFormat& format = format_of(sample);
  if (!format.carrier.empty()) return {format.carrier.text()};
  std::vector<domain::Fit> fits;
  catalogue().detector().find(sample.number, fits);
  std::set<std::string> codes;
  for (const domain::Fit& fit : fits) {
    if (fit.format == &format) codes.insert(catalogue().detector().carriers()[fit.carrier].text());
  }
  return codes;
}

TEST(EmbeddedCatalogue, KnowsTheCarriers) {
  EXPECT_GE(catalogue().all().size(), 1113u);
  EXPECT_TRUE(std::ranges::is_sorted(catalogue().all(), {}, &domain::Carrier::code));
  const domain::Carrier* ems = catalogue().find(domain::CarrierCode::trusted("china-ems"));
  ASSERT_NE(ems, nullptr);
  EXPECT_EQ(ems->name, "China EMS");
  EXPECT_EQ(ems->country, "CN");
  EXPECT_EQ(ems->kind, domain::CarrierKind::Post);
  EXPECT_EQ(catalogue().find(domain::CarrierCode::trusted("no-such-carrier")), nullptr);
}

TEST(EmbeddedCatalogue, KnowsTheCountries) {
  EXPECT_EQ(catalogue().country_name("DE"), "Germany");
  EXPECT_EQ(catalogue().country_code("germany"), "DE");
}

TEST(EmbeddedCatalogue, FormatsHaveIdsOfTheirOwn) {
  std::set<std::string> ids;
  for (const domain::NumberFormat& format : catalogue().detector().formats()) {
    EXPECT_TRUE(ids.insert(format.id).second) << format.id;
  }
  EXPECT_GE(ids.size(), 200u);
}

TEST(EmbeddedCatalogue, EveryValidSampleFitsItsFormatCheckDigitIncluded) {
  for (const SampleNumber& sample : samples()) {
    if (!sample.is_valid) continue;
    std::vector<domain::Fit> fits;
    catalogue().detector().find(sample.number, fits);
    const auto fit = std::ranges::find(fits, &format_of(sample), &domain::Fit::format);
    ASSERT_NE(fit, fits.end()) << sample.format << " " << sample.number;
    EXPECT_NE(fit->checksum, false) << sample.format << " " << sample.number;
  }
}

TEST(EmbeddedCatalogue, EveryValidSampleHasItsCarrierAmongTheCandidates) {
  for (const SampleNumber& sample : samples()) {
    if (!sample.is_valid) continue;
    const auto candidates = detect(sample.number);
    for (const std::string& code : carriers_of(sample)) {
      EXPECT_NE(candidate(candidates, code), nullptr) << sample.format << " " << sample.number;
    }
  }
}

TEST(EmbeddedCatalogue, EveryValidSampleOfAVerifiedFormatHasItsCarrierAtTheTopScore) {
  for (const SampleNumber& sample : samples()) {
    if (!sample.is_valid || format_of(sample).confidence != domain::Confidence::Verified) continue;
    const auto candidates = detect(sample.number);
    for (const std::string& code : carriers_of(sample)) {
      const ports::Candidate* own = candidate(candidates, code);
      ASSERT_NE(own, nullptr) << sample.format << " " << sample.number;
      EXPECT_EQ(own->score, candidates.front().score) << sample.format << " " << sample.number;
      EXPECT_NE(own->checksum, false) << sample.format << " " << sample.number;
    }
  }
}

TEST(EmbeddedCatalogue, NoInvalidSampleHasItsCarrierWithARightCheckDigit) {
  for (const SampleNumber& sample : samples()) {
    if (sample.is_valid) continue;
    const auto candidates = detect(sample.number);
    for (const std::string& code : carriers_of(sample)) {
      const ports::Candidate* own = candidate(candidates, code);
      EXPECT_TRUE(!own || own->checksum != true) << sample.format << " " << sample.number;
    }
  }
}

TEST(EmbeddedCatalogue, ScoresGoDownAndFailedCheckDigitsComeLast) {
  for (const SampleNumber& sample : samples()) {
    bool failed = false;
    double last = 1;
    std::set<std::string> seen;
    for (const ports::Candidate& one : detect(sample.number)) {
      EXPECT_TRUE(seen.insert(one.carrier.text()).second) << sample.number << " " << one.carrier.text();
      EXPECT_LE(one.score, last) << sample.number;
      EXPECT_GT(one.score, 0) << sample.number;
      EXPECT_TRUE(!failed || one.checksum == false) << sample.number;
      failed = one.checksum == false;
      last = one.score;
    }
  }
}

TEST(Detect, AWrongCheckDigitStillAnswersWithTheCourierLast) {
  const auto candidates = detect("1Z879E930346834441");
  const ports::Candidate* ups = candidate(candidates, "ups");
  ASSERT_NE(ups, nullptr);
  EXPECT_EQ(ups->checksum, false);
  EXPECT_EQ(&candidates.back(), ups);
}

TEST(Detect, NoShapeNoCandidate) {
  EXPECT_TRUE(detect("hello").empty());
  EXPECT_TRUE(detect("").empty());
  EXPECT_TRUE(detect("RB123456785XX").empty());
}

TEST(Detect, SpacesHyphensDotsAndCaseDoNotMatter) { EXPECT_EQ(first("1z 879-e93.0346834440"), "ups"); }

TEST(Detect, ASandboxNumberIsFirstOfAll) {
  EXPECT_EQ(first("SBX00001"), "sandbox");
  EXPECT_EQ(first("SBX123456789"), "sandbox");
  EXPECT_LT(detect("SBX123456789").at(1).score, 1);
}

TEST(Detect, ALiteralPrefixBeatsACountOfCharacters) {
  EXPECT_EQ(first("TBA010000000000"), "amazon");
  EXPECT_EQ(first("YT2229521272164446"), "yunexpress");
  EXPECT_EQ(first("YT1234567890123"), "yto");
  EXPECT_EQ(first("SF6043310798724"), "sf-express");
  EXPECT_EQ(first("LP00123456789012"), "cainiao");
  EXPECT_EQ(first("3SOVAC7567398"), "postnl-3s");
  EXPECT_EQ(first("INTLCMC328940271"), "intelcom");
  EXPECT_EQ(first("MYMPA123456789"), "lgs");
  EXPECT_EQ(first("JD0002242617644732"), "yodel");
}

TEST(Detect, AnS10NumberGoesToThePostOfItsLetters) {
  EXPECT_EQ(first("RB123456785US"), "usps");
  EXPECT_EQ(first("RB123456785GB"), "royal-mail");
  EXPECT_EQ(first("LX123456785CN"), "china-post");
  EXPECT_EQ(carriers_for("EB123456785CN"), (std::vector<std::string>{"china-ems", "china-post"}));
  EXPECT_EQ(carriers_for("EB123456785FR"), (std::vector<std::string>{"chronopost", "laposte"}));
}

TEST(Detect, LettersThatAreNoCountryGoToTheirCarrier) {
  EXPECT_EQ(carriers_for("UG336196744YP"), std::vector<std::string>{"yanwen"});
  EXPECT_EQ(first("XY123456785JB"), "chronopost");
  EXPECT_EQ(first("GD123456785WW"), "tnt");
}

TEST(Detect, TntUkIsNotRoyalMail) {
  EXPECT_EQ(first("GD123456785GB"), "tnt-uk");
  EXPECT_EQ(candidate(detect("GD123456785GB"), "royal-mail"), nullptr);
}

TEST(Detect, AServiceLetterThatThePostsDoNotUseLetsTheOtherCarrierFirst) {
  EXPECT_EQ(carriers_for("XY123456785FR"), (std::vector<std::string>{"chronopost", "laposte"}));
  EXPECT_EQ(first("YA123456785CN"), "yanwen");
}

TEST(Detect, ALastMileNumberIsThePostsAndTheConsolidators) {
  const auto mail_innovations = carriers_for("420112139261290336128704042634");
  EXPECT_EQ(mail_innovations.front(), "usps");
  const auto candidates = detect("420112139261290336128704042634");
  EXPECT_NE(candidate(candidates, "ups-mi"), nullptr);
  EXPECT_NE(candidate(candidates, "dhlglobalmail"), nullptr);
}

TEST(Detect, TwelveDigitsAreFedexFirstUnlessJapanIsNamed) {
  const std::string both = "600000000040";  // holds by FedEx's rule and by the Japanese one
  const auto candidates = detect(both);
  ASSERT_EQ(candidate(candidates, "fedex")->checksum, true);
  ASSERT_EQ(candidate(candidates, "japan-post")->checksum, true);
  EXPECT_EQ(candidates.front().carrier.text(), "fedex");
  EXPECT_EQ(first(both, {.origin = "", .destination = "JP"}), "japan-post");
  EXPECT_EQ(first("405548424886"), "japan-post");
}

TEST(Detect, TenDigitsAreDhlFirst) {
  EXPECT_EQ(first("3318810014"), "dhl");
  EXPECT_EQ(first("8212345678"), "usps");  // fails DHL's check digit, begins as Global Express Guaranteed does
}

TEST(Detect, AnAirWaybillComesAfterParcels) {
  const auto candidates = detect("172-58338954");
  ASSERT_NE(candidate(candidates, "airline-awb"), nullptr);
  EXPECT_EQ(candidate(candidates, "airline-awb")->checksum, true);
  EXPECT_NE(candidates.front().carrier.text(), "airline-awb");
  EXPECT_EQ(candidate(detect("002-00000000"), "airline-awb")->checksum, true);
  EXPECT_EQ(candidate(detect("000-00000000"), "airline-awb"), nullptr);  // no airline has this prefix
}

TEST(Detect, ABareCountOfDigitsGivesWayToBetterFormats) {
  EXPECT_EQ(candidate(detect("3318810014"), "acscourier"), nullptr);
  EXPECT_NE(candidate(detect("3318810014", {.origin = "GR", .destination = ""}), "acscourier"), nullptr);
  EXPECT_EQ(first("123456"), "tnt");
}

TEST(Detect, CollisionsOfThePublishedFormatsAnswerWithBoth) {
  const auto both = [](std::string_view number, std::string_view one, std::string_view other) {
    const auto candidates = detect(number);
    return candidate(candidates, one) && candidate(candidates, other) &&
           candidate(candidates, one)->score == candidate(candidates, other)->score;
  };
  EXPECT_TRUE(both("JFV247545960", "purolator", "dhl"));
  EXPECT_TRUE(both("60120174971147", "dhlglobalmail", "dhl-uk"));
  EXPECT_TRUE(both("LX123456785CN", "china-post", "dhlglobalmail"));
}

TEST(Detect, AHintSpeaksForDomesticFormats) {
  EXPECT_NE(candidate(detect("123456789012", {.origin = "", .destination = "DE"}), "dhl-germany"), nullptr);
  EXPECT_EQ(candidate(detect("123456789012"), "dhl-germany"), nullptr);
}

TEST(DestinationPost, IsTheOperatorOfTheCountryTheItemGoesTo) {
  const auto post = [](std::string_view number, std::string_view country) {
    return catalogue().destination_post(number, country).value_or(domain::CarrierCode()).text();
  };
  EXPECT_EQ(post("RB123456785CN", "US"), "usps");
  EXPECT_EQ(post("rb 123456785 cn", "GB"), "royal-mail");
  EXPECT_EQ(post("EB123456785US", "CN"), "china-ems");
  EXPECT_EQ(post("RB123456784CN", "US"), "");
  EXPECT_EQ(post("1Z879E930346834440", "US"), "");
  EXPECT_EQ(post("RB123456785CN", "XX"), "");
  EXPECT_EQ(post("RB123456785CN", ""), "");
}

TEST(CatalogueParse, AFormatOfAnUnlistedCarrierIsRefused) {
  CatalogueTexts texts = embedded_texts();
  texts.carriers = "ups\tUPS\t\t\texpress\t\t\t\n";
  const auto parsed = Catalogue::parse(texts);
  ASSERT_FALSE(parsed.ok());
  EXPECT_NE(parsed.error().find("is not in carriers.tsv"), std::string::npos);
}

TEST(CatalogueParse, BrokenTextsAreRefused) {
  for (auto broken : {&CatalogueTexts::carriers, &CatalogueTexts::countries, &CatalogueTexts::operators}) {
    CatalogueTexts texts = embedded_texts();
    texts.*broken = "= broken\n";
    EXPECT_FALSE(Catalogue::parse(texts).ok());
  }
  CatalogueTexts texts = embedded_texts();
  texts.formats.front().second = "[[format]]\nid = 'x'\n";
  EXPECT_FALSE(Catalogue::parse(texts).ok());
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

TEST(GeneratedData, IsWhatTheGeneratorMakesOfTheFacts) {
  const char* facts = std::getenv("PARCELWAKE_FACTS");
  if (!facts) GTEST_SKIP() << "PARCELWAKE_FACTS names no folder with the facts";
  const std::filesystem::path into = std::filesystem::path(testing::TempDir()) / "parcelwake_generated";
  std::filesystem::remove_all(into);
  const std::string root = PARCELWAKE_SOURCE_DIR;
  const std::string command =
      "python3 '" + root + "/scripts/generate_data.py' '" + facts + "' --into '" + into.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(into)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto committed = std::filesystem::path(root) / entry.path().lexically_relative(into);
    EXPECT_EQ(bytes_of(entry.path()), bytes_of(committed)) << committed;
  }
  EXPECT_GE(files, 23u);
}

}  // namespace
}  // namespace parcelwake::carriers
