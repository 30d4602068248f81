#include "carriers/samples/sample_server.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "wire/http/client/client.h"

namespace parcelwake::carriers {
namespace {

TEST(SampleServer, ServesOverHttp) {
  std::string folder = (std::filesystem::temp_directory_path() / "served_XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::filesystem::path sample = std::filesystem::path(folder) / "acme" / "missing";
  std::filesystem::create_directories(sample);
  std::ofstream(sample / "response.xml") << "<none/>";
  std::ofstream(sample / "expected.json")
      << R"({"format":"acme-xml","http_status":404,"results":[{"status":"notfound","substatus":"notfound002"}]})";
  auto loaded = SampleLibrary::load(folder);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(loaded.ok()) << loaded.error();
  auto server = serve_samples({}, std::make_shared<const SampleLibrary>(std::move(loaded).value()));
  ASSERT_TRUE(server.ok()) << server.error();

  wire::http::Client client;
  client.start();
  wire::http::ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(server.value()->port()) + "/acme-xml/track?n=AB1";
  request.allow_private = true;
  std::promise<wire::http::ClientResponse> answer;
  client.send(request,
              [&](const auto& result) { answer.set_value(result ? result.value() : wire::http::ClientResponse{}); });
  const auto response = answer.get_future().get();
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "text/xml");
  EXPECT_EQ(response.body, "<none/>");
}

}  // namespace
}  // namespace parcelwake::carriers
