#include "api/front.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/common/routes.h"
#include "api/common/target.h"
#include "api/own/health.h"
#include "api/own/icons.h"
#include "api/trackingmore_v2/dialect.h"
#include "api/trackru_v1/dialect.h"
#include "api/tracktry_v1/dialect.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

std::string_view host_without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  return colon == std::string_view::npos ? host : host.substr(0, colon);
}

bool names_host(const Dialect& dialect, std::string_view host) {
  return std::any_of(dialect.hosts.begin(), dialect.hosts.end(),
                     [&](std::string_view known) { return ascii::equals_ignoring_case(known, host); });
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

Front::Front(const Services& services, const Dialect& v1_default, std::function<bool()> is_ready)
    : services_(services), v1_default_(v1_default), is_ready_(std::move(is_ready)) {}

const Dialect* Front::dialect_for(const wire::http::Request& request, std::string_view prefix) const {
  if (prefix == trackingmore_v2().path_prefix) return &trackingmore_v2();
  if (prefix != v1_default_.path_prefix) return nullptr;
  // The key header tells first: "Tracktry-Api-Key" is Tracktry, "Api-Key" alone Trackru.
  for (const Dialect* dialect : {&tracktry_v1(), &trackru_v1()}) {
    if (request.header(dialect->key_headers.front())) return dialect;
  }
  const auto host = host_without_port(request.header("Host").value_or(""));
  for (const Dialect* dialect : {&tracktry_v1(), &trackru_v1()}) {
    if (names_host(*dialect, host)) return dialect;
  }
  return &v1_default_;
}

void Front::answer(const wire::http::Request& request, wire::http::Reply reply) const {
  const Target target = parse_target(request.path, request.query);
  if (target.segments.empty()) return std::move(reply).send(http_error_page(404));
  const std::string& first = target.segments.front();
  if (const Dialect* dialect = dialect_for(request, first)) {
    return answer_classic(request, target, *dialect, services_, std::move(reply));
  }
  answer_own(request, target, std::move(reply));
}

void Front::answer_own(const wire::http::Request& request, const Target& target, wire::http::Reply reply) const {
  const std::string& first = target.segments.front();
  reply.label({.group = "own", .route = own_route(target.segments)});
  if (first == "metrics" && metrics_ && target.segments.size() == 1) return std::move(reply).send(metrics_(request));
  if (first == "healthz" || first == "readyz")
    return std::move(reply).send(health_answer(first == "healthz" || is_ready_()));
  if (first == "icons" && target.segments.size() == 2) {
    return std::move(reply).send(icon_answer(target.segments[1], services_.catalogue));
  }
  std::move(reply).send(http_error_page(404));
}

}  // namespace parcelwake::api
