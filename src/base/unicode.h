#pragma once

#include <string>
#include <string_view>

namespace parcelwake {

// What is left of a name when case, accents, spaces and punctuation are taken away: "São Tomé" -> "SAOTOME",
// "St. John's" -> "STJOHNS". Letters of other alphabets stay. Empty when nothing is left, or the text is no UTF-8.
std::string folded_name(std::string_view text);

}  // namespace parcelwake
