#include "api/trackingmore_v4/webhook_json.h"

#include <string>

#include "api/trackingmore_v4/meta.h"
#include "base/ascii.h"
#include "base/digest.h"

namespace parcelwake::api::trackingmore_v4 {

ports::RenderedWebhook render_webhook(const domain::Notice& notice, const domain::EndpointSecret& secret,
                                      const View& view, Timestamp now) {
  ports::RenderedWebhook rendered;
  {
    wire::json::Writer writer(rendered.body);
    begin_envelope(writer, Code::Ok);
    write_tracking(writer, notice.tracking, view);
    writer.end_object();
  }
  const std::string timestamp = std::to_string(unix_seconds(now));
  const Sha256 signature = hmac_sha256(domain::to_string(secret), timestamp);
  rendered.headers = {{"timestamp", timestamp}, {"signature", ascii::to_hex(bytes_of(signature))}};
  rendered.taken_by = ports::TakenBy::Any2xx;
  return rendered;
}

}  // namespace parcelwake::api::trackingmore_v4
