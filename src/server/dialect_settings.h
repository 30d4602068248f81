#pragma once

#include <vector>

#include "api/common/dialect.h"
#include "wire/toml/document.h"

namespace parcelwake::server {

// The dialects as they are without configuration, in the order in which requests are tried on them.
std::vector<api::Dialect> default_dialects();

// Changes `dialects` (those of default_dialects()) as [dialects] and its sections, one a dialect, want it. Refuses in
// the table what makes no sense.
void read_dialects(const wire::toml::Table& table, std::vector<api::Dialect>& dialects);

}  // namespace parcelwake::server
