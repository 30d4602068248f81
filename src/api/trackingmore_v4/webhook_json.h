#pragma once

#include "api/trackingmore_v4/response_json.h"
#include "domain/notification/notice.h"
#include "ports/webhook_renderer.h"

namespace parcelwake::api::trackingmore_v4 {

// A notice as TrackingMore v4 sends it. The time in seconds and its digest under the endpoint's secret, as that is
// shown, travel in headers; what the vendor calls them is not known: ours are `timestamp` and `signature`.
ports::RenderedWebhook render_webhook(const domain::Notice& notice, const domain::EndpointSecret& secret,
                                      const View& view, Timestamp now);

}  // namespace parcelwake::api::trackingmore_v4
