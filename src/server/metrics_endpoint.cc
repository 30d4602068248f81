#include "server/metrics_endpoint.h"

#include <algorithm>
#include <array>

#include "api/common/meta.h"
#include "base/ascii.h"
#include "base/digest.h"
#include "base/observe/metrics.h"

namespace parcelwake::server {
namespace {

constexpr std::array kForwarded = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"};

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

}  // namespace

bool MetricsEndpoint::admits(const wire::http::Request& request) const {
  if (!access_.token.empty()) {
    constexpr std::string_view kScheme = "bearer ";
    const auto given = request.header("Authorization").value_or("");
    return given.size() > kScheme.size() && ascii::equals_ignoring_case(given.substr(0, kScheme.size()), kScheme) &&
           equal_in_constant_time(given.substr(kScheme.size()), access_.token);
  }
  if (access_.from_afar) return true;
  const bool was_forwarded = std::any_of(kForwarded.begin(), kForwarded.end(),
                                         [&](const char* name) { return request.header(name).has_value(); });
  return is_loopback(request.client_address) && !was_forwarded;
}

wire::http::Response MetricsEndpoint::answer(const wire::http::Request& request) const {
  if (!admits(request)) {
    if (access_.token.empty()) return api::http_error_page(404);
    wire::http::Response refusal = api::http_error_page(401);
    refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refusal;
  }
  if (request.method != "GET" && request.method != "HEAD") return api::http_error_page(405);
  wire::http::Response response;
  response.content_type = std::string(metrics::Page::kContentType);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = page_();
  return response;
}

}  // namespace parcelwake::server
