#pragma once

#include "api/common/services.h"
#include "api/common/target.h"
#include "wire/http/server/reply.h"

namespace parcelwake::api::trackingmore_v4 {

inline constexpr std::string_view kPathPrefix = "v4";

// Answers one request of TrackingMore v4, at once or, where something is written or asked, later.
void answer(const wire::http::Request& request, const Target& target, const Services& services,
            wire::http::Reply reply);

}  // namespace parcelwake::api::trackingmore_v4
