#pragma once

#include <string>
#include <string_view>

namespace parcelwake::domain {

// A postcode as lists of remote areas are searched by it: letters and digits, upper case, without the country's own
// letters in front ("LV-1001" -> "1001"). Codes of the British form keep one space after the outward part ("pa7 5ab" ->
// "PA7 5AB", the district "PA75" -> "PA75 "), so that no district is the beginning of another. Empty when there is no
// digit in it or anything but letters, digits, spaces and punctuation.
//
// A code lies in an area when its beginning, as long as the area's own code, does.
std::string postcode_key(std::string_view country, std::string_view postcode);

// What a place is searched by: the name without case, accents, spaces and punctuation. Empty when nothing is left.
std::string city_key(std::string_view city);

}  // namespace parcelwake::domain
