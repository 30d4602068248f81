#include "wire/http/server/message.h"

#include "base/ascii.h"

namespace parcelwake::wire::http {

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const HeaderField& field : headers) {
    if (ascii::equals_ignoring_case(field.name, name)) return ascii::trimmed(field.value);
  }
  return std::nullopt;
}

}  // namespace parcelwake::wire::http
