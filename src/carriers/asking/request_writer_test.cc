#include "carriers/asking/request_writer.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

Template plain(std::string text) { return {{{Placeholder::None, std::move(text)}}}; }

class RequestWriter : public ::testing::Test {
 protected:
  RequestWriter() {
    Request request;
    request.base_url = "https://api.example.com";
    request.path = {{{Placeholder::None, "/track/"}, {Placeholder::Number, ""}}, Escape::Percent};
    format.request = request;
    questions.resize(1);
    questions[0].number = domain::TrackingNumber::trusted("AB1");
  }

  wire::http::ClientRequest written() {
    return write_request(format, destination, {questions, &format.batch, &credentials, "u1", "tok"}).value();
  }
  wire::http::ClientRequest token_request() {
    return write_token_request(format, destination, {{}, nullptr, &credentials, "u1", {}}).value();
  }
  static std::string header(const wire::http::ClientRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.headers) {
      if (key == name) return value;
    }
    return "(none)";
  }

  WireFormat format;
  Destination destination{"https://api.example.com", false};
  Credentials credentials = {{"id", "me"}, {"secret", "p&ss"}};
  std::vector<ports::CarrierQuestion> questions;
};

TEST_F(RequestWriter, AGetHasPathQueryAndHeaders) {
  format.request->query = {
      {"lang", {{{Placeholder::Language, ""}}, Escape::None, true}, false},
      {"zip", {{{Placeholder::PostalCode, ""}}, Escape::None, true}, true},
  };
  format.request->headers = {{"X-Unique", {{{Placeholder::Unique, ""}}}, false}};
  const auto request = written();
  EXPECT_EQ(request.url, "https://api.example.com/track/AB1?lang=en");
  EXPECT_EQ(header(request, "X-Unique"), "u1");
  EXPECT_EQ(request.method, wire::http::ClientMethod::Get);
  EXPECT_FALSE(request.allow_private);
  questions[0].details.postal_code = "1 2";
  EXPECT_EQ(written().url, "https://api.example.com/track/AB1?lang=en&zip=1%202");
}

TEST_F(RequestWriter, EachAuthPutsItsSecretInItsPlace) {
  const Template secret{{{Placeholder::Credential, "secret"}}, Escape::None, false};
  format.auth.kind = AuthKind::Header;
  format.auth.parameter = {"X-Key", secret, false};
  EXPECT_EQ(header(written(), "X-Key"), "p&ss");
  format.auth.kind = AuthKind::Query;
  format.auth.parameter.value.percent_whole = true;
  EXPECT_EQ(written().url, "https://api.example.com/track/AB1?X-Key=p%26ss");
  format.auth.kind = AuthKind::Basic;
  format.auth.user = "id";
  format.auth.password = "secret";
  EXPECT_EQ(header(written(), "Authorization"), "Basic bWU6cCZzcw==");
  format.auth.kind = AuthKind::OAuth2ClientCredentials;
  EXPECT_EQ(header(written(), "Authorization"), "Bearer tok");
}

TEST_F(RequestWriter, AFormIsWrittenAsAForm) {
  format.request->method = Method::Post;
  format.request->body_kind = BodyKind::Form;
  format.request->content_type = "application/x-www-form-urlencoded";
  format.request->form = {
      {"xml_in", {{{Placeholder::None, "<n>"}, {Placeholder::Number, ""}}, Escape::Xml, true}, false},
      {"x y", plain("1"), false}};
  const auto request = written();
  EXPECT_EQ(request.body, "xml_in=%3Cn%3EAB1&x%20y=1");
  EXPECT_EQ(header(request, "Content-Type"), "application/x-www-form-urlencoded");
}

TEST_F(RequestWriter, TokenRequestsCarryTheClientAsTheStyleSays) {
  OAuth2& oauth2 = format.auth.oauth2;
  oauth2.token_path = "/oauth/token";
  oauth2.client_id = "id";
  oauth2.client_secret = "secret";
  oauth2.scope = "a b";
  EXPECT_EQ(token_request().url, "https://api.example.com/oauth/token");
  EXPECT_EQ(token_request().body, "grant_type=client_credentials&client_id=me&client_secret=p%26ss&scope=a%20b");
  oauth2.style = TokenStyle::Basic;
  EXPECT_EQ(token_request().body, "grant_type=client_credentials&scope=a%20b");
  EXPECT_EQ(header(token_request(), "Authorization"), "Basic bWU6cCZzcw==");
  oauth2.style = TokenStyle::Json;
  EXPECT_EQ(token_request().body,
            R"({"grant_type":"client_credentials","client_id":"me","client_secret":"p&ss","scope":"a b"})");
}

TEST_F(RequestWriter, AReplacedBaseUrlTakesTheTokenRequestWithIt) {
  format.auth.oauth2.token_path = "https://auth.example.com/v1/token?x=1";
  EXPECT_EQ(token_request().url, "https://auth.example.com/v1/token?x=1");
  destination = {"http://127.0.0.1:9/fmt", true};
  EXPECT_EQ(token_request().url, "http://127.0.0.1:9/fmt/v1/token?x=1");
  EXPECT_TRUE(token_request().allow_private);
  EXPECT_EQ(written().url, "http://127.0.0.1:9/fmt/track/AB1");
  EXPECT_TRUE(written().allow_private);
}

}  // namespace
}  // namespace parcelwake::carriers
