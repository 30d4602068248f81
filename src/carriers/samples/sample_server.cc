#include "carriers/samples/sample_server.h"

#include <utility>

#include "carriers/samples/sample_answer.h"

namespace parcelwake::carriers {

Result<std::unique_ptr<wire::http::Server>, std::string> serve_samples(wire::http::ServerOptions options,
                                                                       std::shared_ptr<const SampleLibrary> library) {
  return wire::http::Server::start(
      std::move(options), [library = std::move(library)](const wire::http::Request& request, wire::http::Reply reply) {
        std::move(reply).send(answer_from_samples(*library, request));
      });
}

}  // namespace parcelwake::carriers
