#pragma once

#include <string>
#include <string_view>

#include "wire/http/server/message.h"

namespace parcelwake::wire::http {

// A whole answer that ends its connection, as bytes: for the two places where libmicrohttpd takes no response any more.
// Without a request id it has no X-Request-Id.
std::string closing_answer(const Response& response, std::string_view request_id);

}  // namespace parcelwake::wire::http
