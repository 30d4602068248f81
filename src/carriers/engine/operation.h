#pragma once

#include <string>
#include <string_view>

#include "carriers/declaration/answer.h"

namespace parcelwake::carriers {

// Runs of white space, no-break spaces among them, become one space; none is left at the ends.
std::string collapsed(std::string_view text);

std::string apply_operation(Operation operation, std::string_view text);

}  // namespace parcelwake::carriers
