#pragma once

#include <string>
#include <string_view>

namespace parcelwake::api::trackingmore_v4 {

// The kilograms in what a carrier wrote: "1.2 kg" is "1.2", "500g" is "0.5", "12.10LBS" is "5.488", to the gram. Empty
// where the text is not one number with a unit we know.
std::string weight_kg(std::string_view text);

}  // namespace parcelwake::api::trackingmore_v4
