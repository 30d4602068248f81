#pragma once

#include <string>

#include "app/trackings/update_trackings.h"
#include "wire/http/server/message.h"

namespace parcelwake::api {

// Names the state that a tracking is in, for ETag. Each change that a reader can see moves updated_at.
std::string entity_tag(Timestamp updated_at);

// The states that If-Match names; any where there is no such header, or "*". A tag that is none of ours stands for a
// state that no tracking is in.
app::ExpectedStates expected_states(const wire::http::Request& request);

}  // namespace parcelwake::api
