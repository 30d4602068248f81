#include "api/common/webhook_json.h"

#include <string>

#include "base/digest.h"

namespace parcelwake::api {

ports::RenderedWebhook render_webhook(const domain::Notice& notice, const domain::Account& account, const View& view,
                                      Timestamp now) {
  ports::RenderedWebhook rendered;
  wire::json::Writer writer(rendered.body);
  begin_envelope(writer, Meta::Ok);
  write_tracking(writer, notice.tracking, view);
  const std::int64_t seconds = unix_seconds(now);
  const Sha256 signature = hmac_sha256(account.email, std::to_string(seconds));
  writer.key("verifyInfo").begin_object().field("timeStr", seconds);
  writer.key("signature").hex_string(bytes_of(signature)).end_object().end_object();
  rendered.taken_by = ports::TakenBy::Only200;
  return rendered;
}

}  // namespace parcelwake::api
