#include "carriers/catalogue/carrier_table.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

constexpr std::string_view kUps = "ups\tUPS\tUPS 快递\tUS\texpress\t+1\thttps://ups.com\thttps://ups.com/{number}\n";

TEST(CarrierTable, ReadsEveryColumn) {
  const auto carriers = parse_carriers(kUps, "carriers.tsv");
  ASSERT_TRUE(carriers.ok()) << carriers.error();
  const domain::Carrier& ups = carriers.value().at(0);
  EXPECT_EQ(ups.code.text(), "ups");
  EXPECT_EQ(ups.name, "UPS");
  EXPECT_EQ(ups.name_chinese, "UPS 快递");
  EXPECT_EQ(ups.country, "US");
  EXPECT_EQ(ups.kind, domain::CarrierKind::Express);
  EXPECT_EQ(ups.phone, "+1");
  EXPECT_EQ(ups.homepage, "https://ups.com");
  EXPECT_EQ(ups.tracking_url, "https://ups.com/{number}");
}

TEST(CarrierTable, SortsByCode) {
  const auto carriers = parse_carriers("b\tB\t\t\tpost\t\t\t\na\tA\t\t\texpress\t\t\t\n", "carriers.tsv");
  ASSERT_TRUE(carriers.ok()) << carriers.error();
  EXPECT_EQ(carriers.value()[0].code.text(), "a");
  EXPECT_EQ(carriers.value()[1].kind, domain::CarrierKind::Post);
}

std::string refusal(std::string_view row) {
  const auto carriers = parse_carriers(row, "carriers.tsv");
  return carriers.ok() ? "" : carriers.error();
}

TEST(CarrierTable, ARowThatIsNoCarrierIsRefusedByLine) {
  EXPECT_EQ(refusal("UPS\tUPS\t\t\texpress\t\t\t\n"), "carriers.tsv:1: not a carrier code");
  EXPECT_EQ(refusal("ups\t\t\t\texpress\t\t\t\n"), "carriers.tsv:1: no name");
  EXPECT_EQ(refusal("ups\tUPS\t\t\tparcel\t\t\t\n"), "carriers.tsv:1: the type is neither express nor post");
  EXPECT_EQ(refusal("ups\tUPS\t\tUSA\texpress\t\t\t\n"), "carriers.tsv:1: not a country code");
  EXPECT_EQ(refusal("ups\tUPS\n"), "carriers.tsv:1: 2 cells, not 8");
}

TEST(CarrierTable, ACodeListedTwiceIsRefused) {
  EXPECT_EQ(refusal(std::string(kUps) + std::string(kUps)), "carriers.tsv: 'ups' is listed twice");
}

}  // namespace
}  // namespace parcelwake::carriers
