#pragma once

#include <optional>
#include <span>
#include <string>

#include "wire/http/server/message.h"

namespace parcelwake::api {

// What the server tells about its own API: the OpenAPI document of each dialect under api/openapi/, and /docs, the page
// that shows them. `segments`: of the path that is requested. Nothing for any other path.
std::optional<wire::http::Response> document_answer(std::span<const std::string> segments);

}  // namespace parcelwake::api
