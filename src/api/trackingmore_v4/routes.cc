#include "api/trackingmore_v4/routes.h"

#include <array>
#include <string>
#include <utility>

#include "api/common/admitted_call.h"
#include "api/trackingmore_v4/courier_routes.h"
#include "api/trackingmore_v4/reply_for_error.h"
#include "api/trackingmore_v4/tracking_routes.h"
#include "api/trackingmore_v4/waybill_routes.h"
#include "base/ascii.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using RouteFunction = void (*)(const Call&, wire::http::Reply);

using app::RateClass;
using domain::Permission;

constexpr app::Demand kAnyKey{.rate = RateClass::V4Other};
constexpr app::Demand kRead{.permissions = {Permission::Read}, .rate = RateClass::V4Other};
constexpr app::Demand kChange{.permissions = {Permission::Write}, .rate = RateClass::V4Other};
constexpr app::Demand kDelete{.permissions = {Permission::Delete}, .rate = RateClass::V4Other};
constexpr app::Demand kDetect{
    .permissions = {Permission::Lookup}, .feature = domain::Feature::Detect, .rate = RateClass::V4Other};
constexpr app::Demand kWaybill{
    .permissions = {Permission::Lookup}, .feature = domain::Feature::AirCargo, .rate = RateClass::V4Other};
// Creating asks the courier at once.
constexpr app::Demand kCreate{.permissions = {Permission::Write, Permission::Realtime},
                              .feature = domain::Feature::Realtime,
                              .rate = RateClass::V4Create};

struct Route {
  std::string_view first;
  std::string_view second;  // empty: none
  bool has_id;
  std::string_view verb;
  RouteFunction answer;
  app::Demand demand;
};

constexpr std::array<Route, 9> kRoutes = {{
    {"awb", "", false, "POST", track_waybill, kWaybill},
    {"couriers", "all", false, "GET", get_couriers, kAnyKey},
    {"couriers", "detect", false, "POST", detect_couriers, kDetect},
    {"trackings", "create", false, "POST", create_tracking, kCreate},
    {"trackings", "batch", false, "POST", create_trackings, kChange},
    {"trackings", "get", false, "GET", list_trackings, kRead},
    {"trackings", "update", true, "PUT", update_tracking, kChange},
    {"trackings", "delete", true, "DELETE", delete_tracking, kDelete},
    {"trackings", "retrack", true, "POST", retrack, kChange},
}};

struct Routed {
  const Route* route = nullptr;
  Code refusal = Code::NotFound;
};

// An id that is missing is a wrong id rather than a wrong path.
Routed find_route(const std::vector<std::string>& segments, std::string_view verb) {
  Routed routed;
  if (segments.size() < 2) return routed;
  const std::string_view second = segments.size() > 2 ? std::string_view(segments[2]) : std::string_view{};
  for (const Route& route : kRoutes) {
    if (route.first != segments[1] || route.second != second) continue;
    if (segments.size() > (route.has_id ? 4U : 3U)) continue;
    if (route.verb == verb) return {.route = &route};
    routed.refusal = Code::MethodNotAllowed;
  }
  return routed;
}

}  // namespace

void answer(const wire::http::Request& request, const Target& target, const Services& services,
            wire::http::Reply reply) {
  const std::string method = ascii::to_upper(request.method);
  const Routed routed =
      find_route(target.segments, method == "HEAD" ? std::string_view("GET") : std::string_view(method));
  wire::http::Label label{.group = "trackingmore-v4"};
  if (routed.route != nullptr) {
    label.route = routed.route->first;
    label.subroute = routed.route->second;
  }
  reply.label(label);
  if (routed.route == nullptr) return std::move(reply).send(error_answer(routed.refusal));
  const std::string_view key = request.header("Tracking-Api-Key").value_or("");
  const auto admitted = admit_call(request, key, routed.route->demand, services, label, reply);
  if (!admitted) return std::move(reply).send(error_answer(code_for(admitted.error())));
  const Call call{.request = request,
                  .target = target,
                  .services = services,
                  .caller = admitted->caller,
                  .now = admitted->now,
                  .rate = admitted->admission.rate};
  if (const auto refusal = admitted->admission.refusal) {
    return Answerer(call, std::move(reply)).send_error(code_for(*refusal));
  }
  routed.route->answer(call, std::move(reply));
}

}  // namespace parcelwake::api::trackingmore_v4
