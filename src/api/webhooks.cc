#include "api/webhooks.h"

#include <array>

#include "api/common/webhook_json.h"
#include "api/trackingmore_v4/webhook_json.h"

namespace parcelwake::api {
namespace {

constexpr std::string_view kTrackingMoreV4 = "trackingmore-v4";

constexpr std::array<std::string_view, 4> kDialects = {"trackingmore-v2", kTrackingMoreV4, "tracktry-v1", "trackru-v1"};

}  // namespace

std::span<const std::string_view> webhook_dialects() { return kDialects; }

std::optional<ports::RenderedWebhook> Webhooks::render(const domain::Notice& notice, const domain::Endpoint& endpoint,
                                                       const domain::Account& account, Timestamp now) const {
  if (endpoint.dialect == kTrackingMoreV4) {
    const trackingmore_v4::View view{.catalogue = catalogue_, .time_zone = account.time_zone, .now = notice.changed_at};
    return trackingmore_v4::render_webhook(notice, endpoint.secret, view, now);
  }
  for (const Dialect& dialect : dialects_) {
    if (dialect.name != endpoint.dialect) continue;
    const View view{
        .dialect = dialect, .catalogue = catalogue_, .time_zone = account.time_zone, .now = notice.changed_at};
    return render_webhook(notice, account, view, now);
  }
  return std::nullopt;
}

}  // namespace parcelwake::api
