#pragma once

#include "carriers/samples/sample_library.h"
#include "wire/http/server/message.h"

namespace parcelwake::carriers {

// Answers a request as the carriers do. The target begins with the format, "/dhl-unified-json/track/shipments?…", so
// that any carrier's base URL can be replaced by this server's. Requests for an OAuth access token get one. What no
// sample can answer is a 404 with an empty body.
wire::http::Response answer_from_samples(const SampleLibrary& library, const wire::http::Request& request);

}  // namespace parcelwake::carriers
