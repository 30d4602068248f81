#include "carriers/asking/request_writer.h"

#include <utility>

#include "base/digest.h"
#include "wire/json/writer.h"

namespace parcelwake::carriers {
namespace {

using wire::http::ClientRequest;

constexpr std::size_t kMaxAnswer = 4U << 20;  // a batch of the largest answers recorded is under 1 MB
constexpr std::size_t kMaxToken = 64U << 10;

// Renders into one request; the first problem is kept and the rest does nothing.
class Writer {
 public:
  explicit Writer(const TemplateValues& values) : values_(values) {}

  std::string text(const Template& source) {
    if (problem_) return {};
    auto rendered = render(source, values_);
    if (rendered) return std::move(rendered).value();
    problem_ = rendered.error();
    return {};
  }

  // "a=1&b=2", without those that are optional and empty.
  void append_parameters(std::string& out, const std::vector<NamedTemplate>& parameters) {
    for (const NamedTemplate& parameter : parameters) {
      if (parameter.optional && lacks_a_value(parameter.value, values_)) continue;
      if (!out.empty()) out.push_back('&');
      out += percent_encoded(parameter.name) + "=" + text(parameter.value);
    }
  }

  void append_headers(ClientRequest& request, const std::vector<NamedTemplate>& headers) {
    for (const NamedTemplate& header : headers) {
      if (header.optional && lacks_a_value(header.value, values_)) continue;
      request.headers.emplace_back(header.name, text(header.value));
    }
  }

  std::string credential(const std::string& name) {
    return text(Template{{{Placeholder::Credential, name}}, Escape::None, false});
  }

  Result<ClientRequest, Unrenderable> done(ClientRequest request) {
    if (problem_) return fail(std::move(*problem_));
    return request;
  }

 private:
  const TemplateValues& values_;
  std::optional<Unrenderable> problem_;
};

std::string basic(const std::string& user, const std::string& password) {
  return "Basic " + base64(user + ":" + password);
}

void authenticate(ClientRequest& request, std::string& query, Writer& writer, const Auth& auth,
                  const TemplateValues& values) {
  switch (auth.kind) {
    case AuthKind::None:
      return;
    case AuthKind::Header:
      return writer.append_headers(request, {auth.parameter});
    case AuthKind::Query:
      return writer.append_parameters(query, {auth.parameter});
    case AuthKind::Basic:
      request.headers.emplace_back("Authorization",
                                   basic(writer.credential(auth.user), writer.credential(auth.password)));
      return;
    case AuthKind::OAuth2ClientCredentials:
      request.headers.emplace_back(auth.oauth2.header, auth.oauth2.prefix + std::string(values.token));
      return;
  }
}

void write_body(ClientRequest& request, Writer& writer, const Request& source) {
  if (source.method == Method::Get) return;
  request.method = wire::http::ClientMethod::Post;
  switch (source.body_kind) {
    case BodyKind::None:
      break;
    case BodyKind::Json:
    case BodyKind::Xml:
      request.body = writer.text(source.body);
      break;
    case BodyKind::Form:
      writer.append_parameters(request.body, source.form);
      break;
  }
  if (!source.content_type.empty()) request.headers.emplace_back("Content-Type", source.content_type);
}

std::string path_of(const std::string& url) {
  const std::size_t slash = url.find('/', url.find("://") + 3);
  return slash == std::string::npos ? "/" : url.substr(slash);
}

std::string token_url(const std::string& token_path, const Destination& destination) {
  if (token_path.find("://") == std::string::npos) return destination.base_url + token_path;
  return destination.replaced ? destination.base_url + path_of(token_path) : token_path;
}

std::string token_form(const OAuth2& oauth2, Writer& writer) {
  std::string form = "grant_type=client_credentials";
  if (oauth2.style == TokenStyle::Form) {
    form += "&client_id=" + percent_encoded(writer.credential(oauth2.client_id));
    form += "&client_secret=" + percent_encoded(writer.credential(oauth2.client_secret));
  }
  if (!oauth2.scope.empty()) form += "&scope=" + percent_encoded(oauth2.scope);
  return form;
}

std::string token_json(const OAuth2& oauth2, Writer& writer) {
  std::string body;
  wire::json::Writer json(body);
  json.begin_object().field("grant_type", "client_credentials");
  json.field("client_id", writer.credential(oauth2.client_id));
  json.field("client_secret", writer.credential(oauth2.client_secret));
  if (!oauth2.scope.empty()) json.field("scope", oauth2.scope);
  json.end_object();
  return body;
}

}  // namespace

Result<ClientRequest, Unrenderable> write_request(const WireFormat& format, const Destination& destination,
                                                  const TemplateValues& values) {
  const Request& source = *format.request;
  Writer writer(values);
  ClientRequest request;
  request.timeout = format.timeout;
  request.max_body = kMaxAnswer;
  request.allow_private = destination.replaced;
  std::string query;
  writer.append_parameters(query, source.query);
  writer.append_headers(request, source.headers);
  authenticate(request, query, writer, format.auth, values);
  write_body(request, writer, source);
  request.url = destination.base_url + writer.text(source.path);
  if (!query.empty()) request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + query;
  return writer.done(std::move(request));
}

Result<ClientRequest, Unrenderable> write_token_request(const WireFormat& format, const Destination& destination,
                                                        const TemplateValues& values) {
  const OAuth2& oauth2 = format.auth.oauth2;
  Writer writer(values);
  ClientRequest request;
  request.method = wire::http::ClientMethod::Post;
  request.url = token_url(oauth2.token_path, destination);
  request.timeout = format.timeout;
  request.max_body = kMaxToken;
  request.allow_private = destination.replaced;
  writer.append_headers(request, oauth2.headers);
  if (oauth2.style == TokenStyle::Json) {
    request.body = token_json(oauth2, writer);
    request.headers.emplace_back("Content-Type", "application/json");
  } else {
    request.body = token_form(oauth2, writer);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  }
  if (oauth2.style == TokenStyle::Basic) {
    request.headers.emplace_back("Authorization",
                                 basic(writer.credential(oauth2.client_id), writer.credential(oauth2.client_secret)));
  }
  return writer.done(std::move(request));
}

}  // namespace parcelwake::carriers
