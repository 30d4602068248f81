#pragma once

#include "api/common/response_json.h"
#include "domain/account/account.h"
#include "domain/notification/notice.h"
#include "ports/webhook_renderer.h"

namespace parcelwake::api {

// A notice as the v1 and v2 dialects send it, signed at `now` with the account's e-mail address: a receiver takes the
// object out of the body by a pattern that ends at a line break, so the body has none.
ports::RenderedWebhook render_webhook(const domain::Notice& notice, const domain::Account& account, const View& view,
                                      Timestamp now);

}  // namespace parcelwake::api
