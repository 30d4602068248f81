#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

// Answers one request of a v1 or v2 dialect, at once or, where something is written or asked, later.
void answer_classic(const wire::http::Request& request, const Target& target, const Dialect& dialect,
                    const Services& services, wire::http::Reply reply);

}  // namespace parcelwake::api
