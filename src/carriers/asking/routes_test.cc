#include "carriers/asking/routes.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

WireFormat format(std::string name, bool askable = true) {
  WireFormat made;
  made.name = std::move(name);
  if (askable) {
    made.request.emplace();
    made.request->base_url = "https://api.example.com";
    made.request->sandbox_base_url = "https://test.example.com";
  }
  made.credentials = {{"key", "the API key"}};
  made.budget.per_day = 250;
  return made;
}

std::shared_ptr<const Declaration> declaration(std::string name, std::vector<std::string> carriers,
                                               std::vector<WireFormat> formats) {
  auto made = std::make_shared<Declaration>();
  made->name = std::move(name);
  made->signup_url = "https://example.com/join";
  for (std::string& carrier : carriers) made->carriers.push_back(domain::CarrierCode::trusted(std::move(carrier)));
  made->formats = std::move(formats);
  return made;
}

CarrierSettings with_key() {
  CarrierSettings settings;
  settings.credentials = {{"key", "k"}};
  return settings;
}

const Route& route(const Routes& routes, const char* carrier) {
  return routes.by_carrier.at(domain::CarrierCode::trusted(carrier));
}

TEST(Routes, AMissingCredentialIsNamedWithItsPlace) {
  const auto routes = make_routes({declaration("acme", {"acme"}, {format("acme-json")})}, {});
  EXPECT_EQ(std::get<std::string>(route(routes, "acme")),
            "Set credentials.key (the API key) under [carriers.acme] in the configuration, or run "
            "'parcelwake carrier setup acme'; sign up at https://example.com/join.");
}

TEST(Routes, AnEmptyCredentialIsMissing) {
  auto settings = with_key();
  settings.credentials["key"] = "";
  const auto routes = make_routes({declaration("acme", {"acme"}, {format("acme-json")})}, {{"acme", settings}});
  EXPECT_TRUE(std::holds_alternative<std::string>(route(routes, "acme")));
}

TEST(Routes, AnUnknownFormatIsNamed) {
  auto settings = with_key();
  settings.format = "acme-xml";
  const auto routes = make_routes({declaration("acme", {"acme"}, {format("acme-json")})}, {{"acme", settings}});
  EXPECT_NE(std::get<std::string>(route(routes, "acme")).find("'acme-xml'"), std::string::npos);
}

TEST(Routes, TheFirstFormatThatCanBeAskedIsTaken) {
  const auto acme = declaration("acme", {"acme"}, {format("acme-push", false), format("acme-json")});
  const auto routes = make_routes({acme}, {{"acme", with_key()}});
  EXPECT_EQ(routes.setups.at(std::get<std::size_t>(route(routes, "acme"))).format->name, "acme-json");
}

TEST(Routes, AFormatOfAnotherDeclarationCanBeWanted) {
  auto settings = with_key();
  settings.format = "multi-json";
  const auto routes = make_routes({declaration("acme", {"acme"}, {format("acme-json")}),
                                   declaration("multi", {"acme", "other"}, {format("multi-json")})},
                                  {{"acme", settings}});
  EXPECT_EQ(routes.setups.at(std::get<std::size_t>(route(routes, "acme"))).declaration->name, "multi");
}

TEST(Routes, CarriersOfOneSectionShareItsLine) {
  const auto multi = declaration("multi", {"a", "b", "c"}, {format("multi-json")});
  const auto routes = make_routes({multi}, {{"multi", with_key()}, {"c", with_key()}});
  EXPECT_EQ(std::get<std::size_t>(route(routes, "a")), std::get<std::size_t>(route(routes, "b")));
  EXPECT_NE(std::get<std::size_t>(route(routes, "a")), std::get<std::size_t>(route(routes, "c")));
  EXPECT_EQ(routes.setups.size(), 2U);
}

TEST(Routes, SettingsComeBeforeTheDeclaration) {
  auto settings = with_key();
  settings.test_host = true;
  settings.per_day = 10;
  const auto acme = declaration("acme", {"acme"}, {format("acme-json")});
  auto routes = make_routes({acme}, {{"acme", settings}});
  EXPECT_EQ(routes.setups[0].destination.base_url, "https://test.example.com");
  EXPECT_FALSE(routes.setups[0].destination.replaced);
  EXPECT_EQ(routes.setups[0].budget.per_day, 10);
  settings.base_url = "http://10.0.0.1";
  routes = make_routes({acme}, {{"acme", settings}});
  EXPECT_EQ(routes.setups[0].destination.base_url, "http://10.0.0.1");
  EXPECT_TRUE(routes.setups[0].destination.replaced);
}

}  // namespace
}  // namespace parcelwake::carriers
