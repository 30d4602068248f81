#include "server/dialect_settings.h"

#include <gtest/gtest.h>

#include "server/configuration.h"

namespace parcelwake::server {
namespace {

using Names = std::vector<std::string>;

std::vector<api::Dialect> dialects_of(const std::string& text) {
  const auto read = parse_configuration(text, "x.toml");
  if (!read) ADD_FAILURE() << read.error().front();
  return read ? read->dialects : default_dialects();
}

TEST(DialectSettings, ChangeTheirDialectAlone) {
  const auto dialects = dialects_of(R"(
[dialects.tracktry]
extra_routes = false
batch_code = 201
create_again_code = 201
batch_limit = 200
ageing = "exception"
single_get = "object"
prefixes = ["v1", "tracktry"]
hosts = ["parcels.example.com"]
)");
  const auto defaults = default_dialects();
  EXPECT_EQ(dialects[0], defaults[0]);
  EXPECT_EQ(dialects[2], defaults[2]);
  const api::Dialect& tracktry = dialects[1];
  EXPECT_FALSE(tracktry.extra_routes);
  EXPECT_EQ(tracktry.batch_created, api::Meta::Created);
  EXPECT_EQ(tracktry.created_again, api::Meta::Created);
  EXPECT_EQ(tracktry.most_rows, 200U);
  EXPECT_EQ(tracktry.ageing, api::Ageing::Exception);
  EXPECT_EQ(tracktry.single, api::SingleShape::Object);
  EXPECT_EQ(tracktry.prefixes, (Names{"v1", "tracktry"}));
  EXPECT_EQ(tracktry.hosts, Names{"parcels.example.com"});
  EXPECT_EQ(tracktry.key_headers, defaults[1].key_headers);
}

TEST(DialectSettings, OneOfTheV1DialectsIsTheDefault) {
  EXPECT_TRUE(default_dialects()[1].is_default);
  const auto dialects = dialects_of("[dialects]\nv1_default = \"trackru\"\n");
  EXPECT_FALSE(dialects[1].is_default);
  EXPECT_TRUE(dialects[2].is_default);
}

TEST(DialectSettings, KeyHeadersOfOthersComeAfterItsOwn) {
  const auto dialects = dialects_of("[dialects.trackru]\naccept_other_key_headers = true\n");
  EXPECT_EQ(dialects[2].key_headers, Names{"Api-Key"});
  EXPECT_EQ(dialects[2].other_key_headers, (Names{"Trackingmore-Api-Key", "Tracking-Api-Key", "Tracktry-Api-Key"}));
  EXPECT_TRUE(dialects[1].other_key_headers.empty());
}

TEST(DialectSettings, ThatMakeNoSenseAreRefusedWithTheirPlace) {
  for (const char* line :
       {"batch_code = 202", "create_again_code = 4016", "batch_limit = 0", "batch_limit = 201", "ageing = \"late\"",
        "single_get = \"row\"", "prefixes = [\"\"]", "prefixes = [\"v1/x\"]", "prefixes = [\"icons\"]",
        "hosts = [\"a b\"]", "hosts = [\"a:80\"]", "extra_routes = 1", "unknown = 1"}) {
    const auto read = parse_configuration("[dialects.trackingmore_v2]\n" + std::string(line) + "\n", "x.toml");
    ASSERT_FALSE(read) << line;
    EXPECT_TRUE(read.error().front().starts_with("x.toml:2:")) << read.error().front();
  }
  EXPECT_FALSE(parse_configuration("[dialects.tracking]\nextra_routes = true\n", "x.toml"));
}

}  // namespace
}  // namespace parcelwake::server
