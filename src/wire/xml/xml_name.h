#pragma once

#include <string_view>

namespace parcelwake::wire::xml {

// Whether `text` is an XML 1.0 name without a colon (NCName, fifth edition). `text` is valid UTF-8.
bool is_xml_name(std::string_view text);

}  // namespace parcelwake::wire::xml
