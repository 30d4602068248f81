#pragma once

#include <string>

#include "wire/http/server/message.h"

namespace parcelwake::wire::http {

// A whole answer that ends its connection, as bytes: for the two places where libmicrohttpd takes no response any more.
std::string closing_answer(const Response& response);

}  // namespace parcelwake::wire::http
