#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "carriers/samples/sample_library.h"
#include "wire/http/server/server.h"

namespace parcelwake::carriers {

// Serves answer_from_samples() until the returned server is drained or destroyed. The error is a sentence.
Result<std::unique_ptr<wire::http::Server>, std::string> serve_samples(wire::http::ServerOptions options,
                                                                       std::shared_ptr<const SampleLibrary> library);

}  // namespace parcelwake::carriers
