#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/account/plan.h"

namespace parcelwake::server {

// What plans grant, kept in the data directory by the server that runs there: a command that settles a balance has no
// configuration and goes by this. What else a plan says (its features) is not kept. Plans that are kept already are not
// written again, which a full disk would refuse. The error is a sentence.
Result<void, std::string> keep_plans(const std::string& data_directory, const domain::Plans& plans);

// What the last server there kept; the plans that there are without a configuration where none did. Lines that make no
// sense are passed over.
domain::Plans kept_plans(const std::string& data_directory);

}  // namespace parcelwake::server
