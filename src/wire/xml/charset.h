#pragma once

#include <string>
#include <string_view>

namespace parcelwake::wire::xml {

// `bytes` as valid UTF-8 without a byte order mark or NUL characters. Whatever does not fit the charset becomes U+FFFD.
// A byte order mark decides; else `told` (of the HTTP header, any case), else `written` (in the document itself). A
// charset outside the list of those that carriers use is taken for UTF-8.
std::string to_utf8(std::string_view bytes, std::string_view told, std::string_view written);

// The encoding that an XML declaration at the beginning names; empty when there is none.
std::string_view declared_encoding(std::string_view bytes);

}  // namespace parcelwake::wire::xml
