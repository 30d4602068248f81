#include "carriers/samples/sample_library.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "carriers/samples/sample_answer.h"

namespace parcelwake::carriers {
namespace {

namespace fs = std::filesystem;

class SampleLibraryTest : public ::testing::Test {
 protected:
  SampleLibraryTest() {
    std::string pattern = (fs::temp_directory_path() / "samples_XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~SampleLibraryTest() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& bytes) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << bytes;
  }
  void sample(const std::string& name, const std::string& number, const std::string& more = "") {
    write("acme/" + name + "/response.json", name);
    write("acme/" + name + "/expected.json",
          R"({"carrier":"acme","format":"acme-json","results":[{"tracking_number":)" + number +
              R"(,"status":"transit","substatus":null}])" + more + "}");
  }
  void not_found(const std::string& name, const std::string& number) {
    write("acme/" + name + "/response.json", name);
    write("acme/" + name + "/expected.json",
          R"({"format":"acme-json","http_status":404,"results":[{"tracking_number":)" + number +
              R"(,"status":"notfound","substatus":"notfound002"}]})");
  }
  SampleLibrary library() { return SampleLibrary::load(root_.string()).value(); }
  std::string chosen(const std::string& text) {
    const SampleLibrary all = library();
    const Sample* sample = all.choose("acme-json", text);
    return sample == nullptr ? "(none)" : sample->body;
  }

  fs::path root_;
};

TEST_F(SampleLibraryTest, TheFirstKnownNumberCounts) {
  sample("one", R"("AB1")");
  sample("two", R"("AB2")");
  EXPECT_EQ(chosen("/track?n=ab1"), "one");
  EXPECT_EQ(chosen("/track?n=AB2;AB1"), "two");
  EXPECT_EQ(chosen("/track?n=XAB1,AB12"), "(none)");
}

TEST_F(SampleLibraryTest, OtherNumbersAreNotFoundWhereASampleSaysSo) {
  sample("one", R"("AB1")");
  sample("unnamed", "null");
  EXPECT_EQ(chosen("/track?n=ZZ9"), "unnamed");
  not_found("zz-missing", "null");
  EXPECT_EQ(chosen("/track?n=ZZ9"), "zz-missing");
  EXPECT_EQ(library().choose("acme-json", "ZZ9")->http_status, 404);
}

TEST_F(SampleLibraryTest, ErrorsAreReachedByTheirName) {
  sample("one", R"("AB1")");
  write("acme/too-fast/response.xml", "<slow/>");
  write("acme/too-fast/expected.json",
        R"({"format":"acme-json","http_status":429,"error":{"kind":"rate_limit"},"results":[]})");
  EXPECT_EQ(chosen("n=AB9"), "(none)");
  EXPECT_EQ(chosen("n=sample-too-fast"), "<slow/>");
  EXPECT_EQ(library().choose("acme-json", "SAMPLE-TOO-FAST")->content_type, "text/xml");
}

TEST_F(SampleLibraryTest, ANumberMayBeSpelledInSeveralWays) {
  sample("one", R"(null,"tracking_number_any_of":["AB1","AB-1"])");
  EXPECT_EQ(chosen("n=AB-1"), "one");
}

TEST_F(SampleLibraryTest, ReadsConnectorFoldersToo) {
  write("acme/carrier.toml", "");
  write("acme/samples/delivered.xml", "<a/>");
  write("acme/expected/delivered.json",
        R"({"format":"acme-xml","results":[{"tracking_number":"AB1","status":"delivered","substatus":null}]})");
  const auto all = library();
  EXPECT_EQ(all.formats(), (std::vector<std::string>{"acme-xml"}));
  EXPECT_EQ(all.choose("acme-xml", "AB1")->body, "<a/>");
}

TEST_F(SampleLibraryTest, SaysWhatIsMissing) {
  EXPECT_NE(SampleLibrary::load(root_.string()).error().find("no samples"), std::string::npos);
  write("acme/samples/delivered.xml", "<a/>");
  EXPECT_NE(SampleLibrary::load(root_.string()).error().find("delivered.json"), std::string::npos);
}

TEST_F(SampleLibraryTest, AnswersRequestsAsCarriersDo) {
  sample("one", R"("AB1")");
  const auto all = library();
  wire::http::Request request;
  request.target = "/acme-json/t?xml=%3Cn%3EAB1%3C%2Fn%3E";
  EXPECT_EQ(answer_from_samples(all, request).body, "one");
  request.target = "/other/t?n=AB1";
  EXPECT_EQ(answer_from_samples(all, request).status, 404);
  request.target = "/acme-json/v1/oauth/token";
  request.path = request.target;
  EXPECT_NE(answer_from_samples(all, request).body.find("access_token"), std::string::npos);
  request.target = "/acme-json";
  request.path = request.target;
  request.body = "{\"n\":[\"AB1\"]}";
  EXPECT_EQ(answer_from_samples(all, request).body, "one");
}

}  // namespace
}  // namespace parcelwake::carriers
