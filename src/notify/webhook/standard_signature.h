#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "domain/notification/endpoint.h"

namespace parcelwake::notify {

// The headers of Standard Webhooks (standardwebhooks.com, version 1.0.0): the message's name, the time of the attempt,
// and "v1," with the base64 HMAC-SHA256 of name, time and body, under the bytes of the secret.
std::vector<std::pair<std::string, std::string>> standard_headers(std::string_view name, Timestamp sent_at,
                                                                  std::string_view body,
                                                                  const domain::EndpointSecret& secret);

}  // namespace parcelwake::notify
