#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_set.h"

namespace parcelwake::domain {

// What a key may be used for. The numbers are kept in stores.
enum class Permission : std::uint8_t {
  Read = 0,      // trackings, their counts, and what the account says of itself
  Write = 1,     // adding and changing trackings
  Delete = 2,    // deleting trackings
  Realtime = 3,  // asking a carrier at once, which adds the number where it is new
  Lookup = 4,    // what is not about the account's own trackings: detection, remote areas, transit times, air cargo
};

using PermissionSet = EnumSet<Permission>;

// Every permission, those of later programs too.
inline constexpr PermissionSet kAllPermissions = PermissionSet::from_bits(0xFFFF'FFFF);

// "read,write"; "all"; "none".
std::string to_string(PermissionSet permissions);

// The same read back, in any order; nothing for an unknown name or an empty text.
std::optional<PermissionSet> parse_permissions(std::string_view text);

}  // namespace parcelwake::domain
