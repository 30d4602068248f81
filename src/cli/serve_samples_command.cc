#include <iostream>
#include <memory>
#include <string>

#include "carriers/samples/sample_server.h"
#include "cli/commands.h"
#include "server/configuration.h"
#include "server/stop_signals.h"

namespace parcelwake::cli {
namespace {

struct SampleOptions {
  std::string listen = "127.0.0.1:8090";
  std::string folder;
};

int run(const SampleOptions& options) {
  const auto address = server::parse_listen_address(options.listen);
  if (!address) return refuse(address.error());
  auto library = carriers::SampleLibrary::load(options.folder);
  if (!library) return refuse(library.error());
  server::StopSignals signals;
  wire::http::ServerOptions http;
  http.host = address->host;
  http.port = address->port;
  auto shared = std::make_shared<const carriers::SampleLibrary>(*std::move(library));
  const auto serving = carriers::serve_samples(std::move(http), shared);
  if (!serving) return refuse(serving.error());
  std::cout << "listening on http://" << address->host << ":" << (*serving)->port() << '\n';
  for (const std::string& format : shared->formats()) {
    std::cout << "  base_url = \"http://" << address->host << ":" << (*serving)->port() << "/" << format << "\"\n";
  }
  std::cout << std::flush;
  while (!signals.wait_for_stop()) {
  }
  return kDone;
}

}  // namespace

void add_serve_samples_command(const Command& carrier, int& exit_code) {
  auto options = std::make_shared<SampleOptions>();
  const Command command = carrier.subcommand(
      "serve-samples", "Answer as the carriers do, from recorded answers; point [carriers.X] base_url at it");
  command.option("--listen", options->listen, "HOST:PORT").shows_default();
  command.option("folder", options->folder, "Recorded answers with their expected results, e.g. connectors").required();
  command.does([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parcelwake::cli
