#pragma once

#include "server/configuration.h"
#include "wire/toml/document.h"

namespace parcelwake::server {

// The table [limits] and the plans in it, over what `configuration` says already. Problems are noted in the document.
void read_limits(const wire::toml::Table& table, Configuration& configuration);

}  // namespace parcelwake::server
