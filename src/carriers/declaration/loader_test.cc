#include "carriers/declaration/loader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace parcelwake::carriers {
namespace {

constexpr std::string_view kValid = R"(
carriers = ["acme"]
signup_url = "https://acme.example/api"
[[format]]
name = "acme-json"
version = "1"
timeout_s = 7
[format.credentials]
api_key = "of an app at acme.example"
[format.request]
method = "POST"
base_url = "https://api.acme.example"
path = "/track/{language}"
query = { q = { xml = "<n code='{number}'/>" }, zip = { value = "{postal_code}", optional = true } }
headers = { Accept = "application/json" }
json = '{"all":[{numbers}],"none":{}}'
[format.auth]
kind = "header"
name = "Key"
value = "{credential.api_key}"
[format.batch]
size = 20
each = '{"n":"{number}"}'
separator = ","
[format.budget]
per_second = 0.2
per_day = 250
[format.answer]
kind = "json"
shape = "/json/parcels"
error = [{ kind = "auth", http = ["401-403"] }, { kind = "not_found", when = "/json/error = 'none'" }]
[format.answer.item]
path = "/json/parcels"
number = "number"
[format.answer.event]
path = "events"
order = "oldest_first"
time = { date = "day", time = ["clock", "hour"], patterns = ["dd.MM.yyyy HH:mm"], zone = "Europe/Berlin" }
description = { paths = ["text", "other"], operations = ["strip_markup"] }
location = { parts = ["city", ["state", "province"]] }
code = "code"
status = { tables = [{ code = "code", rows = "acme" }], rules = ["acme"] }
[codes.acme]
D = "delivered001 Delivered"
X = "text else exception"
N = "notice"
[texts]
acme = [['\bat home\b', "undelivered002"]]
)";

// The valid declaration with `from` replaced by `to`.
std::string with(std::string_view from, std::string_view to) {
  std::string text(kValid);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// The problems of a declaration, one per line, without their columns.
std::string problems_of(const std::string& toml) {
  const auto loaded = load_declaration(toml, "acme/carrier.toml", "acme");
  if (loaded) return "none";
  std::string all;
  for (const Problem& problem : loaded.error()) all += to_string(problem) + "\n";
  return all;
}

Declaration valid() { return load_declaration(kValid, "acme/carrier.toml", "acme").value(); }

TEST(DeclarationLoader, ReadsHowToAsk) {
  ASSERT_EQ(problems_of(std::string(kValid)), "none");
  const Declaration declaration = valid();
  EXPECT_TRUE(declaration.serves(*domain::CarrierCode::parse("acme")));
  ASSERT_NE(declaration.format("acme-json"), nullptr);
  EXPECT_EQ(declaration.format("other"), nullptr);
  const WireFormat& format = declaration.formats.front();
  EXPECT_EQ(format.timeout, std::chrono::seconds{7});
  EXPECT_EQ(format.batch.size, 20U);
  EXPECT_EQ(format.batch.each.escape, Escape::Json);
  EXPECT_EQ(format.auth.kind, AuthKind::Header);
  EXPECT_EQ(format.auth.parameter.value.pieces.front().placeholder, Placeholder::Credential);
  ASSERT_TRUE(format.request.has_value());
  EXPECT_EQ(format.request->path.escape, Escape::Percent);
  EXPECT_EQ(format.request->query.front().value.escape, Escape::Xml);
  EXPECT_TRUE(format.request->query.front().value.percent_whole);
  EXPECT_TRUE(format.request->query.back().optional);
}

TEST(DeclarationLoader, BracesThatAreNoPlaceholdersStandForThemselves) {
  const Declaration declaration = valid();
  const auto& pieces = declaration.formats.front().request->body.pieces;
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].text, R"({"all":[)");
  EXPECT_EQ(pieces[1].placeholder, Placeholder::Numbers);
  EXPECT_EQ(pieces[2].text, R"(],"none":{}})");
}

TEST(DeclarationLoader, ReadsHowToUnderstand) {
  const Declaration declaration = valid();
  const AnswerMapping& answer = declaration.formats.front().answer;
  EXPECT_EQ(answer.errors.size(), 2U);
  EXPECT_EQ(answer.errors[0].http_from_to, (std::vector<int>{401, 403}));
  EXPECT_EQ(answer.order, EventOrder::OldestFirst);
  EXPECT_EQ(answer.location.parts.size(), 2U);
  EXPECT_EQ(answer.location.parts[1].paths.size(), 2U);
  const auto& rows = answer.event_status.tables.front().rows;
  EXPECT_EQ(rows.at("D").reading->substatus, domain::Substatus::Delivered);
  EXPECT_EQ(rows.at("D").milestone, domain::Milestone::Delivered);
  EXPECT_TRUE(rows.at("X").text_first);
  EXPECT_EQ(rows.at("X").reading->status, domain::Status::Exception);
  EXPECT_TRUE(rows.at("N").notice);
}

TEST(DeclarationLoader, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(problems_of(with("timeout_s = 7", "colour = 7")), "acme/carrier.toml:7:1: unknown key 'colour'\n");
}

struct Fault {
  const char* from;
  const char* to;
  const char* said;
};

class DeclarationFault : public testing::TestWithParam<Fault> {};

TEST_P(DeclarationFault, IsRefused) {
  const auto said = problems_of(with(GetParam().from, GetParam().to));
  EXPECT_NE(said.find(GetParam().said), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(
    All, DeclarationFault,
    testing::Values(Fault{"N = \"notice\"", "d = \"notice\"", "code 'd' is listed twice"},
                    Fault{"path = \"events\"", "path = \"events[\"", "no XPath"},
                    Fault{"\\bat home\\b", "(at home", "no regular expression"},
                    Fault{"tables = [{ code = \"code\", rows = \"acme\" }], rules = [\"acme\"]", "text = \"x\"",
                          "neither tables nor rules"},
                    Fault{"status = { tables = [{ code = \"code\", rows = \"acme\" }], rules = [\"acme\"] }", "",
                          "without a status table"},
                    Fault{"rows = \"acme\"", "rows = \"else\"", "there are no [codes.else]"},
                    Fault{"rules = [\"acme\"]", "rules = [\"else\"]", "there are no texts.else"},
                    Fault{"delivered001 Delivered", "delivered009", "'delivered009' is no status"},
                    Fault{"dd.MM.yyyy HH:mm", "dd.QQ.yyyy", "no part of a time pattern"},
                    Fault{"Europe/Berlin", "Europe/Atlantis", "no time zone"},
                    Fault{"{credential.api_key}", "{credential.other}", "nothing is known of {credential.other}"},
                    Fault{"https://api.acme.example", "http://api.acme.example", "https://"},
                    Fault{"401-403", "4-1", "no HTTP status"},
                    Fault{"per_second = 0.2", "per_second = nan", "0.0001 to 10000"},
                    Fault{"per_second = 0.2", "per_second = 1e-300", "0.0001 to 10000"},
                    Fault{"kind = \"json\"", "kind = \"csv\"", "none of json, xml"},
                    Fault{"order = \"oldest_first\"", "order = \"oldest\"", "none of newest_first"},
                    Fault{"operations = [\"strip_markup\"]", "operations = [\"guess\"]", "no operation 'guess'"},
                    Fault{"carriers = [\"acme\"]", "carriers = []", "no carrier is served"},
                    Fault{"[format.answer.item]\npath = \"/json/parcels\"", "[format.answer.item]",
                          "'path' is missing"},
                    Fault{"carriers", "carriers = 1\ncarriers", "acme/carrier.toml:3"}));

TEST(DeclarationLoader, OneBrokenDeclarationDoesNotKeepTheOthersOut) {
  const auto folder =
      std::filesystem::path(testing::TempDir()) / ("parcelwake_declarations_" + std::to_string(getpid()));
  const auto write = [&folder](const char* name, const std::string& toml) {
    std::filesystem::create_directories(folder / name);
    std::ofstream(folder / name / "carrier.toml") << toml;
  };
  write("acme", std::string(kValid));
  write("broken", with("timeout_s = 7", "colour = 7"));
  const auto loaded = load_declarations(folder.string());
  std::filesystem::remove_all(folder);
  ASSERT_EQ(loaded.declarations.size(), 1U);
  EXPECT_EQ(loaded.declarations.front()->name, "acme");
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(to_string(loaded.problems.front()), (folder / "broken/carrier.toml:7:1: unknown key 'colour'").string());
}

TEST(DeclarationLoader, ADirectoryThatIsNotThereIsAProblem) {
  const auto loaded = load_declarations("/nonexistent");
  EXPECT_TRUE(loaded.declarations.empty());
  EXPECT_EQ(loaded.problems.size(), 1U);
}

TEST(DeclarationLoader, EveryEmbeddedDeclarationLoads) {
  const auto loaded = load_embedded_declarations();
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
  EXPECT_FALSE(loaded.declarations.empty());
}

}  // namespace
}  // namespace parcelwake::carriers
