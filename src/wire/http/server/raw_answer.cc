#include "wire/http/server/raw_answer.h"

#include <fmt/format.h>
#include <microhttpd.h>

namespace parcelwake::wire::http {

std::string closing_answer(const Response& response, std::string_view request_id) {
  const std::string named = request_id.empty() ? std::string{} : fmt::format("X-Request-Id: {}\r\n", request_id);
  return fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n{}",
                     response.status, MHD_get_reason_phrase_for(static_cast<unsigned>(response.status)),
                     response.content_type, response.body.size(), named, response.body);
}

}  // namespace parcelwake::wire::http
