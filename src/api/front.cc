#include "api/front.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/common/routes.h"
#include "api/common/target.h"
#include "api/own/documents.h"
#include "api/own/health.h"
#include "api/own/icons.h"
#include "api/trackingmore_v4/meta.h"
#include "api/trackingmore_v4/routes.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

std::string_view host_without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  return colon == std::string_view::npos ? host : host.substr(0, colon);
}

bool serves(const Dialect& dialect, std::string_view prefix) {
  return std::find(dialect.prefixes.begin(), dialect.prefixes.end(), prefix) != dialect.prefixes.end();
}

bool has_key(const wire::http::Request& request, const Dialect& dialect) {
  return std::any_of(dialect.key_headers.begin(), dialect.key_headers.end(),
                     [&](const std::string& name) { return request.header(name).has_value(); });
}

bool names_host(const Dialect& dialect, std::string_view host) {
  return std::any_of(dialect.hosts.begin(), dialect.hosts.end(),
                     [&](const std::string& known) { return ascii::equals_ignoring_case(known, host); });
}

// What the server's observer calls a path of ours.
std::string_view own_route(const std::vector<std::string>& segments) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kRoutes = {
      {{"healthz", "healthz"}, {"readyz", "readyz"}, {"metrics", "metrics"}, {"icons", "icons/{carrier}"}}};
  for (const auto& [first, route] : kRoutes) {
    if (segments.front() == first) return route;
  }
  return {};
}

}  // namespace

Front::Front(const Services& services, std::vector<Dialect> dialects, std::function<Health()> readiness)
    : services_(services), dialects_(std::move(dialects)), readiness_(std::move(readiness)) {}

bool Front::is_classic(std::string_view prefix) const {
  return std::any_of(dialects_.begin(), dialects_.end(),
                     [&](const Dialect& dialect) { return serves(dialect, prefix); });
}

const Dialect* Front::dialect_for(const wire::http::Request& request, std::string_view prefix) const {
  const auto first_that = [&](auto fits) -> const Dialect* {
    const auto found = std::find_if(dialects_.begin(), dialects_.end(),
                                    [&](const Dialect& dialect) { return serves(dialect, prefix) && fits(dialect); });
    return found == dialects_.end() ? nullptr : &*found;
  };
  const Dialect* any = first_that([](const Dialect&) { return true; });
  const Dialect* other = first_that([&](const Dialect& dialect) { return &dialect != any; });
  if (other == nullptr) return any;
  if (const Dialect* by_key = first_that([&](const Dialect& dialect) { return has_key(request, dialect); })) {
    return by_key;
  }
  const auto host = host_without_port(request.header("Host").value_or(""));
  if (const Dialect* by_host = first_that([&](const Dialect& dialect) { return names_host(dialect, host); })) {
    return by_host;
  }
  const Dialect* by_default = first_that([](const Dialect& dialect) { return dialect.is_default; });
  return by_default == nullptr ? any : by_default;
}

void Front::answer(const wire::http::Request& request, wire::http::Reply reply) const {
  const Target target = parse_target(request.path, request.query);
  if (target.segments.empty()) return std::move(reply).send(http_error_page(404));
  const std::string& first = target.segments.front();
  if (const Dialect* dialect = dialect_for(request, first)) {
    return answer_classic(request, target, *dialect, services_, std::move(reply));
  }
  if (first == trackingmore_v4::kPathPrefix) {
    return trackingmore_v4::answer(request, target, services_, std::move(reply));
  }
  answer_own(request, target, std::move(reply));
}

// The first dialects have one envelope, so it does not matter here which of them a prefix, key or Host would choose.
wire::http::Response Front::error_page(int status, std::string_view path) const {
  const Target target = parse_target(path, {});
  const bool is_v4 = !target.segments.empty() && target.segments.front() == trackingmore_v4::kPathPrefix;
  if (is_v4 && !is_classic(trackingmore_v4::kPathPrefix)) return trackingmore_v4::http_error_page(status);
  return http_error_page(status);
}

void Front::answer_own(const wire::http::Request& request, const Target& target, wire::http::Reply reply) const {
  const std::string& first = target.segments.front();
  reply.label({.group = "own", .route = own_route(target.segments)});
  if (first == "metrics" && metrics_ && target.segments.size() == 1) return std::move(reply).send(metrics_(request));
  if (first == "healthz" || first == "readyz")
    return std::move(reply).send(health_answer(first == "healthz" ? Health::Ok : readiness_()));
  if (first == "icons" && target.segments.size() == 2) {
    return std::move(reply).send(icon_answer(target.segments[1], services_.catalogue));
  }
  if (auto document = document_answer(target.segments)) {
    return std::move(reply).send(*std::move(document));
  }
  std::move(reply).send(http_error_page(404));
}

}  // namespace parcelwake::api
