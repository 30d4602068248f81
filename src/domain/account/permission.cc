#include "domain/account/permission.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace parcelwake::domain {
namespace {

constexpr std::array<std::pair<Permission, std::string_view>, 5> kNames = {{{Permission::Read, "read"},
                                                                            {Permission::Write, "write"},
                                                                            {Permission::Delete, "delete"},
                                                                            {Permission::Realtime, "realtime"},
                                                                            {Permission::Lookup, "lookup"}}};

}  // namespace

std::string to_string(PermissionSet permissions) {
  if (permissions == kAllPermissions) return "all";
  std::string text;
  for (const auto& [permission, name] : kNames) {
    if (!permissions.contains(permission)) continue;
    if (!text.empty()) text += ',';
    text += name;
  }
  return text.empty() ? "none" : text;
}

std::optional<PermissionSet> parse_permissions(std::string_view text) {
  if (text == "all") return kAllPermissions;
  if (text == "none") return PermissionSet{};
  PermissionSet permissions;
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view name = ascii::trimmed(text.substr(0, comma));
    const auto* found =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.second == name; });
    if (found == kNames.end()) return std::nullopt;
    permissions.insert(found->first);
    if (comma == text.size()) return permissions;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace parcelwake::domain
