#include "wire/http/client/transfer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "wire/http/client/address_rule.h"

namespace parcelwake::wire::http {
namespace {

using Kind = ClientError::Kind;

bool is_clean(std::string_view text) {
  for (const char c : text) {
    if (c == '\r' || c == '\n' || c == '\0') return false;
  }
  return true;
}

bool is_http_url(std::string_view url) {
  return is_clean(url) && (ascii::equals_ignoring_case(url.substr(0, 7), "http://") ||
                           ascii::equals_ignoring_case(url.substr(0, 8), "https://"));
}

Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
      return Kind::Malformed;
    case CURLE_OPERATION_TIMEDOUT:
      return Kind::TimedOut;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Kind::Insecure;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_WRITE_ERROR:  // ours are counted apart; the rest is an answer curl cannot unpack
      return Kind::Garbled;
    case CURLE_FILESIZE_EXCEEDED:
      return Kind::TooLarge;
    default:
      return Kind::Unreachable;
  }
}

}  // namespace

Transfer::Transfer(ClientRequest request, Client::Answered answered, const ClientOptions& options)
    : request_(std::move(request)),
      answered_(std::move(answered)),
      options_(options),
      deadline_(std::chrono::steady_clock::now() + request_.timeout),
      headers_(nullptr, curl_slist_free_all) {}

bool Transfer::prepare(EasyHandle easy) {
  easy_ = std::move(easy);
  if (!is_http_url(request_.url) || !set_headers()) return false;
  curl_easy_setopt(easy_.get(), CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy_.get(), CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_USERAGENT, options_.user_agent.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_ACCEPT_ENCODING, "");
  set_body();
  set_limits();
  return true;
}

bool Transfer::set_headers() {
  for (const auto& [name, value] : request_.headers) {
    if (!is_clean(name) || !is_clean(value)) return false;
    // "Name;" is how libcurl is told to send a header without a value.
    const std::string line = value.empty() ? name + ";" : name + ": " + value;
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  }
  headers_.reset(curl_slist_append(headers_.release(), "Expect:"));  // no waiting for "100 Continue"
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
  return true;
}

void Transfer::set_body() {
  if (request_.method != ClientMethod::Post) return;
  curl_easy_setopt(easy_.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDS, request_.body.c_str());
}

void Transfer::set_limits() {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs must not hold the thread
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  // A CA path, which Debian's libcurl sets by itself, turns its cache of the CA store off: 28 times slower handshakes.
  curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  // Asked for every new socket, and for every request again because an open connection may be reused.
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t length = size * count;
  const std::size_t room = transfer.request_.max_body - transfer.response_.body.size();
  if (length > room) {
    (transfer.request_.cut_body ? transfer.cut_ : transfer.too_large_) = true;
    if (transfer.cut_) transfer.response_.body.append(bytes, room);
    return 0;
  }
  transfer.response_.body.append(bytes, length);
  return length;
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(bytes, size * count);
  transfer.header_bytes_ += line.size();
  if (transfer.header_bytes_ > transfer.options_.max_header_bytes) {
    transfer.too_large_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {  // the head of another answer: the one before was an interim one
    transfer.response_.content_type.clear();
    transfer.response_.retry_after.clear();
    return line.size();
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = ascii::trimmed(line.substr(colon + 1));
  if (ascii::equals_ignoring_case(name, "Content-Type")) transfer.response_.content_type = value;
  if (ascii::equals_ignoring_case(name, "Retry-After")) transfer.response_.retry_after = value;
  return line.size();
}

bool Transfer::accept_address(bool is_public) {
  if (is_public || request_.allow_private) return true;
  forbidden_ = true;
  return false;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  if (!static_cast<Transfer*>(self)->accept_address(is_public_address(address->addr))) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int Transfer::on_connected(void* self, char* remote, char*, int, int) {
  const bool accepted = static_cast<Transfer*>(self)->accept_address(is_public_address(std::string_view(remote)));
  return accepted ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

ClientError Transfer::error_for(CURLcode code) const {
  if (too_large_) return {Kind::TooLarge, "the answer is larger than allowed"};
  // A name may have several addresses; the last one decides how the attempt is called.
  if (forbidden_) return {Kind::ForbiddenAddress, "the host has a private address"};
  // An answer that is no HTTP reads as HTTP 0.9, which libcurl calls a protocol it does not support.
  if (code == CURLE_UNSUPPORTED_PROTOCOL) return {Kind::Garbled, "the answer is no HTTP"};
  return {kind_of(code), curl_easy_strerror(code)};
}

void Transfer::finish(CURLcode code) {
  if (code != CURLE_OK && !cut_) return answered_(fail(error_for(code)));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  answered_(std::move(response_));
}

void Transfer::fail_with(ClientError::Kind kind, std::string detail) {
  answered_(fail(ClientError{kind, std::move(detail)}));
}

}  // namespace parcelwake::wire::http
