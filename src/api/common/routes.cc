#include "api/common/routes.h"

#include <array>
#include <string>
#include <utility>

#include "api/common/account_routes.h"
#include "api/common/admitted_call.h"
#include "api/common/bulk_routes.h"
#include "api/common/carrier_routes.h"
#include "api/common/insight_routes.h"
#include "api/common/reply_for_error.h"
#include "api/common/tracking_routes.h"
#include "api/common/waybill_routes.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using RouteFunction = void (*)(const Call&, wire::http::Reply);

// In whose documentation a route stands: in that of all dialects, or of TrackingMore v2 alone.
enum class Listed { ByAll, ByTrackingMore };

struct FixedRoute {
  std::string_view first;
  std::string_view second;  // empty: none
  std::string_view verb;
  RouteFunction answer;
  app::Demand demand;
  Listed listed = Listed::ByAll;
};

using app::RateClass;
using domain::Feature;
using domain::Permission;

constexpr app::Demand kAnyKey{};
constexpr app::Demand kRead{.permissions = {Permission::Read}};
constexpr app::Demand kList{.permissions = {Permission::Read}, .rate = RateClass::List};
constexpr app::Demand kCreate{.permissions = {Permission::Write}, .rate = RateClass::Create};
constexpr app::Demand kChange{.permissions = {Permission::Write}};
constexpr app::Demand kDelete{.permissions = {Permission::Delete}};
constexpr app::Demand kDetect{.permissions = {Permission::Lookup}, .feature = Feature::Detect};
constexpr app::Demand kRemote{.permissions = {Permission::Lookup}, .feature = Feature::Remote};
constexpr app::Demand kTransitTime{.permissions = {Permission::Lookup}, .feature = Feature::TransitTime};
constexpr app::Demand kAirCargo{.permissions = {Permission::Lookup}, .feature = Feature::AirCargo};
constexpr app::Demand kRealtime{
    .permissions = {Permission::Realtime}, .feature = Feature::Realtime, .rate = RateClass::Realtime};

// POST on the list and on getstatusnumber, and GET on detect: vendor classes send them so. HEAD is GET without the
// body.
constexpr std::array<FixedRoute, 18> kFixedRoutes = {{
    {"carriers", "", "GET", get_carriers, kAnyKey},
    {"carriers", "detect", "POST", detect_carriers, kDetect},
    {"carriers", "detect", "GET", detect_carriers, kDetect},
    {"trackings", "post", "POST", create_tracking, kCreate},
    {"trackings", "batch", "POST", create_trackings, kCreate},
    {"trackings", "get", "GET", list_trackings, kList},
    {"trackings", "get", "POST", list_trackings, kList},
    {"trackings", "realtime", "POST", track_in_realtime, kRealtime},
    {"trackings", "updatemore", "POST", update_many, kChange, Listed::ByTrackingMore},
    {"trackings", "delete", "POST", delete_many, kDelete, Listed::ByTrackingMore},
    {"trackings", "update", "POST", change_carrier, kChange, Listed::ByTrackingMore},
    {"trackings", "notupdate", "POST", stop_updates, kChange, Listed::ByTrackingMore},
    {"trackings", "aircargo", "POST", track_aircargo, kAirCargo, Listed::ByTrackingMore},
    {"trackings", "getuserinfo", "GET", get_user_info, kRead, Listed::ByTrackingMore},
    {"trackings", "getstatusnumber", "GET", count_statuses, kRead, Listed::ByTrackingMore},
    {"trackings", "getstatusnumber", "POST", count_statuses, kRead, Listed::ByTrackingMore},
    {"trackings", "remote", "POST", find_remote_areas, kRemote, Listed::ByTrackingMore},
    {"trackings", "costtime", "POST", get_transit_times, kTransitTime, Listed::ByTrackingMore},
}};

struct Routed {
  RouteFunction answer = nullptr;
  app::Demand demand{};
  Meta refusal = Meta::RouteNotFound;
  std::string_view route{};  // for the server's observer; empty when there is none
  std::string_view subroute{};
};

// …/trackings/{carrier}/{number}[/{language}]. POST is taken for the PUT that its caller means.
Routed route_of_one(std::string_view verb) {
  Routed routed{.refusal = Meta::MethodNotAllowed, .route = "trackings", .subroute = "{carrier}/{number}"};
  const auto lead_to = [&](RouteFunction answer, const app::Demand& demand) {
    routed.answer = answer;
    routed.demand = demand;
  };
  if (verb == "GET") lead_to(get_tracking, kRead);
  if (verb == "PUT" || verb == "POST") lead_to(update_tracking, kChange);
  if (verb == "DELETE") lead_to(delete_tracking, kDelete);
  return routed;
}

Routed find_route(const std::vector<std::string>& segments, std::string_view verb, const Dialect& dialect) {
  if (segments.size() >= 4 && segments.size() <= 5 && segments[1] == "trackings") return route_of_one(verb);
  if (segments.size() < 2 || segments.size() > 3) return {};
  const std::string_view second = segments.size() == 3 ? std::string_view(segments[2]) : std::string_view{};
  Routed routed;
  for (const FixedRoute& route : kFixedRoutes) {
    if (route.first != segments[1] || route.second != second) continue;
    if (route.listed == Listed::ByTrackingMore && !dialect.extra_routes) continue;
    routed.route = route.first;
    routed.subroute = route.second;
    routed.refusal = Meta::MethodNotAllowed;
    if (route.verb != verb) continue;
    routed.answer = route.answer;
    routed.demand = route.demand;
    break;
  }
  return routed;
}

std::string_view key_of(const wire::http::Request& request, const Dialect& dialect) {
  for (const auto* names : {&dialect.key_headers, &dialect.other_key_headers}) {
    for (const std::string& name : *names) {
      if (const auto key = request.header(name)) return *key;
    }
  }
  return {};
}

}  // namespace

void answer_classic(const wire::http::Request& request, const Target& target, const Dialect& dialect,
                    const Services& services, wire::http::Reply reply) {
  const std::string method = ascii::to_upper(request.method);
  const std::string_view verb = method == "HEAD" ? std::string_view("GET") : std::string_view(method);
  const Routed routed = find_route(target.segments, verb, dialect);
  const wire::http::Label label{.group = dialect.name, .route = routed.route, .subroute = routed.subroute};
  reply.label(label);
  if (routed.answer == nullptr) return std::move(reply).send(empty_answer(routed.refusal));
  const auto admitted = admit_call(request, key_of(request, dialect), routed.demand, services, label, reply);
  if (!admitted) return std::move(reply).send(empty_answer(meta_for(admitted.error())));
  const Call call{.request = request,
                  .target = target,
                  .dialect = dialect,
                  .services = services,
                  .caller = admitted->caller,
                  .now = admitted->now,
                  .rate = admitted->admission.rate};
  if (const auto refusal = admitted->admission.refusal) {
    return Answerer(call, std::move(reply)).send_empty(meta_for(*refusal));
  }
  routed.answer(call, std::move(reply));
}

}  // namespace parcelwake::api
