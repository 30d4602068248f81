#include "notify/webhook/standard_signature.h"

#include <fmt/format.h>

#include "base/digest.h"

namespace parcelwake::notify {

std::vector<std::pair<std::string, std::string>> standard_headers(std::string_view name, Timestamp sent_at,
                                                                  std::string_view body,
                                                                  const domain::EndpointSecret& secret) {
  const std::string_view key(reinterpret_cast<const char*>(secret.data()), secret.size());
  const std::int64_t seconds = unix_seconds(sent_at);
  const Sha256 signature = hmac_sha256(key, fmt::format("{}.{}.{}", name, seconds, body));
  return {{"webhook-id", std::string(name)},
          {"webhook-timestamp", std::to_string(seconds)},
          {"webhook-signature", "v1," + base64(bytes_of(signature))}};
}

}  // namespace parcelwake::notify
