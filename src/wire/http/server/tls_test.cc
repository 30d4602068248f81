#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "wire/http/server/certificate_facts.h"
#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"
#include "wire/http/server/testing/tls_client.h"

namespace parcelwake::wire::http {
namespace {

using testing::TlsClient;
using testing::write_certificate;

class HttpTls : public ::testing::Test {
 protected:
  HttpTls() {
    std::filesystem::create_directories(folder_);
    write_certificate(certificate_, key_, "first");
  }
  ~HttpTls() override { std::filesystem::remove_all(folder_); }

  ServerOptions options() const { return {.tls_certificate_file = certificate_, .tls_key_file = key_}; }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("parcelwake_tls_" + std::to_string(getpid()));
  const std::string certificate_ = folder_ / "certificate.pem";
  const std::string key_ = folder_ / "key.pem";
};

TEST_F(HttpTls, AnswersAndEndsInOrder) {
  const auto server = testing::serve(options(), [](const Request& request, Reply reply) {
    std::move(reply).send({.body = request.tls ? "tls" : "plain"});
  });
  TlsClient client(server->port());
  ASSERT_TRUE(client.is_connected());
  client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
  const std::string answer = client.receive_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\ntls")) << answer;
}

TEST_F(HttpTls, RunsBesideAPlainServer) {
  const auto plain = testing::serve_echo();
  const auto secure = testing::serve_echo(options());
  EXPECT_TRUE(testing::talk(plain->port(), "GET /a HTTP/1.0\r\n\r\n").ends_with("GET|/a|/a||"));
  TlsClient client(secure->port());
  client.send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(client.receive_to_end().ends_with("GET|/b|/b||"));
}

TEST_F(HttpTls, LargeBodiesBothWays) {
  const std::string large(2'000'000, 'x');
  const auto server = testing::serve(options(), [&](const Request& request, Reply reply) {
    std::move(reply).send({.body = request.body == large ? large : "damaged"});
  });
  TlsClient client(server->port());
  std::string request = "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n" + large;
  for (std::size_t sent = 0; sent < request.size(); sent += 10'000) client.send(request.substr(sent, 10'000));
  EXPECT_TRUE(client.receive_to_end().ends_with("\r\n\r\n" + large));
}

TEST_F(HttpTls, OldVersionsAreRefused) {
  const auto server = testing::serve_echo(options());
  EXPECT_FALSE(TlsClient(server->port(), "NORMAL:-VERS-ALL:+VERS-TLS1.1").is_connected());
  EXPECT_TRUE(TlsClient(server->port(), "NORMAL:-VERS-ALL:+VERS-TLS1.2").is_connected());
  EXPECT_TRUE(TlsClient(server->port(), "NORMAL:-VERS-ALL:+VERS-TLS1.3").is_connected());
}

TEST_F(HttpTls, ErrorsCarryTheErrorPage) {
  const auto server = testing::serve_echo(options());
  for (const char* request : {"GET / HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                              "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                              "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nzz\r\n"}) {
    TlsClient client(server->port());
    client.send(request);
    const std::string answer = client.receive_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n" + testing::envelope(400).body)) << answer;
  }
}

TEST_F(HttpTls, ChunkedBodiesThatBecomeTooLarge) {
  ServerOptions small = options();
  small.limits.body = 10;
  const auto server = testing::serve_echo(small);
  TlsClient client(server->port());
  client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n");
  EXPECT_TRUE(client.receive_to_end().ends_with("\r\n\r\n" + testing::envelope(413).body));
}

TEST_F(HttpTls, ReloadChangesTheCertificateOfNewConnections) {
  const auto server = testing::serve_echo(options());
  TlsClient before(server->port());
  write_certificate(certificate_, key_, "second");
  EXPECT_TRUE(server->reload_tls().ok());
  TlsClient after(server->port());
  EXPECT_EQ(before.peer_name(), "first");
  EXPECT_EQ(after.peer_name(), "second");
  before.send("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(before.receive_to_end().ends_with("GET|/old|/old||"));
}

TEST_F(HttpTls, AFailedReloadKeepsTheOldCertificate) {
  const auto server = testing::serve_echo(options());
  write_certificate(certificate_, folder_ / "other_key.pem", "second");
  const auto mismatch = server->reload_tls();
  ASSERT_FALSE(mismatch.ok());
  EXPECT_NE(mismatch.error().find(certificate_), std::string::npos) << mismatch.error();
  std::ofstream(certificate_) << "no certificate";
  EXPECT_FALSE(server->reload_tls().ok());
  std::filesystem::remove(certificate_);
  EXPECT_FALSE(server->reload_tls().ok());
  EXPECT_EQ(TlsClient(server->port()).peer_name(), "first");
}

TEST_F(HttpTls, StartTellsOfABadCertificate) {
  std::filesystem::remove(key_);
  EXPECT_FALSE(Server::start(options(), [](const Request&, Reply) {}).ok());
}

TEST_F(HttpTls, ACertificateTellsWhoItIsForAndHowLong) {
  const auto facts = read_certificate_facts(certificate_, key_);
  ASSERT_TRUE(facts.ok()) << facts.error();
  EXPECT_EQ(facts->names, std::vector<std::string>{"first"});
  EXPECT_EQ(facts->not_after - facts->not_before, std::chrono::hours(25));
  write_certificate(certificate_, folder_ / "other_key.pem", "second");
  EXPECT_FALSE(read_certificate_facts(certificate_, key_).ok());
  EXPECT_FALSE(read_certificate_facts(folder_ / "missing.pem", key_).ok());
}

TEST_F(HttpTls, AHandshakeThatNeverEndsIsCutOff) {
  ServerOptions hasty = options();
  hasty.limits.head_deadline = std::chrono::milliseconds(300);
  const auto server = testing::serve_echo(hasty);
  testing::RawClient client(server->port());
  client.send("\x16\x03\x01");
  EXPECT_TRUE(client.is_closed_within(std::chrono::seconds(2)));
}

TEST_F(HttpTls, PlainHttpOnTheTlsPortIsClosed) {
  const auto server = testing::serve_echo(options());
  testing::RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.is_closed_within(std::chrono::seconds(2)));
}

}  // namespace
}  // namespace parcelwake::wire::http
