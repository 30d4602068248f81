#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/sqlite/backup.h"

namespace parcelwake::store {

// The manifest as JSON on one line.
std::string manifest_text(const BackupManifest& manifest);
std::optional<BackupManifest> parse_manifest(std::string_view text);  // nothing for anything else

}  // namespace parcelwake::store
