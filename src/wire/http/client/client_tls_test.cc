#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <string>

#include "wire/http/client/client.h"
#include "wire/http/server/server.h"
#include "wire/http/server/testing/tls_client.h"

namespace parcelwake::wire::http {
namespace {

using Answer = Result<ClientResponse, ClientError>;

// A server whose certificate is for "localhost".
class ClientTls : public ::testing::Test {
 protected:
  ClientTls() {
    std::filesystem::create_directories(folder_);
    testing::write_certificate(certificate_, key_, "localhost");
    auto started = Server::start(
        {.tls_certificate_file = certificate_, .tls_key_file = key_},
        [](const Request& request, Reply reply) { std::move(reply).send({.body = request.tls ? "tls" : "plain"}); });
    server_ = std::move(started).value();
  }
  ~ClientTls() override { std::filesystem::remove_all(folder_); }

  Answer ask(const std::string& host, ClientOptions options) {
    Client client(std::move(options));
    client.start();
    ClientRequest request;
    request.url = "https://" + host + ":" + std::to_string(server_->port()) + "/";
    request.allow_private = true;
    std::promise<Answer> answer;
    client.send(request, [&](Answer result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("parcelwake_client_tls_" + std::to_string(getpid()));
  const std::string certificate_ = folder_ / "certificate.pem";
  const std::string key_ = folder_ / "key.pem";
  std::unique_ptr<Server> server_;
};

TEST_F(ClientTls, ATrustedCertificateIsAccepted) {
  const auto answer = ask("localhost", {.ca_file = certificate_});
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
  EXPECT_EQ(answer.value().body, "tls");
}

TEST_F(ClientTls, AnUntrustedCertificateIsNot) {
  EXPECT_EQ(ask("localhost", {}).error().kind, ClientError::Kind::Insecure);
}

TEST_F(ClientTls, ACertificateForAnotherNameIsNot) {
  EXPECT_EQ(ask("127.0.0.1", {.ca_file = certificate_}).error().kind, ClientError::Kind::Insecure);
}

TEST_F(ClientTls, WithoutACaFileNothingIsTrusted) {
  EXPECT_EQ(ask("localhost", {.ca_file = "/nowhere.pem"}).error().kind, ClientError::Kind::Insecure);
}

}  // namespace
}  // namespace parcelwake::wire::http
