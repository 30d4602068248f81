#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "carriers/engine/answer_json.h"
#include "carriers/engine/connectors.h"

namespace parcelwake::carriers {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

// JSON without the white space between its tokens.
std::string compact(std::string_view json) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted && c == '\\') out += json[i++];
    if (c == '"') quoted = !quoted;
    if (quoted || (c != ' ' && c != '\n')) out += json[i];
  }
  return out;
}

struct Expected {
  std::string format;
  int http_status = 200;
  std::string text;  // the whole file, compact
};

Expected read_expected(const fs::path& path) {
  Expected expected;
  expected.text = compact(read_file(path));
  const auto tree = wire::xml::Tree::from_json(expected.text);
  if (!tree) return expected;
  const auto root = tree.value().root();
  expected.format = wire::xml::Query::compile("/json/format").value().text(root);
  const std::string status = wire::xml::Query::compile("/json/http_status").value().text(root);
  std::from_chars(status.data(), status.data() + status.size(), expected.http_status);
  return expected;
}

std::vector<fs::path> sample_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(PARCELWAKE_SOURCE_DIR) / "connectors")) {
    if (entry.path().parent_path().filename() == "samples") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ConnectorSample : public testing::TestWithParam<fs::path> {};

TEST_P(ConnectorSample, ReadsAsExpected) {
  static const Connectors connectors = Connectors::load("");
  const fs::path folder = GetParam().parent_path().parent_path();
  const auto declaration = connectors.find(folder.filename().string());
  ASSERT_NE(declaration, nullptr);
  const Expected expected = read_expected(folder / "expected" / (GetParam().stem().string() + ".json"));
  const WireFormat* format = declaration->format(expected.format);
  ASSERT_NE(format, nullptr);
  const std::string body = read_file(GetParam());
  const RawAnswer raw{.http_status = expected.http_status, .body = body, .content_type = {}};
  EXPECT_EQ(recognise(*declaration, raw), format);
  const std::string read = answer_json(parse_answer(*format, raw), "");
  const std::string head =
      R"({"format":")" + expected.format + R"(","http_status":)" + std::to_string(expected.http_status) + ",";
  EXPECT_EQ(head + read.substr(1), expected.text);
}

INSTANTIATE_TEST_SUITE_P(All, ConnectorSample, testing::ValuesIn(sample_files()), [](const auto& at) {
  std::string name = at.param.parent_path().parent_path().filename().string() + "_" + at.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ConnectorFolders, LoadWithTheirSamplesComplete) {
  const fs::path root = fs::path(PARCELWAKE_SOURCE_DIR) / "connectors";
  const LoadedDeclarations loaded = load_declarations(root.string());
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
  for (const auto& declaration : loaded.declarations) {
    for (const Problem& problem : check_samples(*declaration, (root / declaration->name).string())) {
      ADD_FAILURE() << to_string(problem);
    }
  }
}

// Whatever arrives instead of an answer is an error or says nothing, and never a crash.
TEST_P(ConnectorSample, CutAndSpoiltAnswersAreSurvived) {
  static const Connectors connectors = Connectors::load("");
  const fs::path folder = GetParam().parent_path().parent_path();
  const auto declaration = connectors.find(folder.filename().string());
  ASSERT_NE(declaration, nullptr);
  const WireFormat& format = declaration->formats.front();
  const std::string body = read_file(GetParam());
  for (std::size_t length = 0; length < body.size(); length += 97) {
    const auto cut = parse_answer(
        format, {.http_status = 200, .body = std::string_view(body).substr(0, length), .content_type = {}});
    EXPECT_TRUE(cut.error || !cut.shipments.empty());
    std::string spoilt = body;
    spoilt[length] = static_cast<char>(0xFE);
    for (const char* type : {"", "text/xml; charset=gbk", "application/json; charset=\"utf-16\""}) {
      const auto read = parse_answer(format, {.http_status = 200, .body = spoilt, .content_type = type});
      EXPECT_TRUE(read.error || !read.shipments.empty());
    }
  }
}

}  // namespace
}  // namespace parcelwake::carriers
