#include <iostream>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "server/application.h"

namespace parcelwake::cli {
namespace {

struct ServeOptions {
  std::string listen;
  std::string tls_listen;
  std::string tls_cert;
  std::string tls_key;
  std::string data = kDefaultDataDirectory;
  std::string config;
};

int run(const ServeOptions& options) {
  server::Configuration configuration;
  if (!options.config.empty()) {
    auto loaded = server::load_configuration(options.config);
    if (!loaded) {
      for (const std::string& line : loaded.error()) std::cerr << line << '\n';
      return refuse("the configuration is refused; 'parcelwake config print' shows every value with its default");
    }
    configuration = *std::move(loaded);
  }
  if (!options.listen.empty()) configuration.listen = options.listen;
  if (!options.tls_listen.empty()) configuration.tls_listen = options.tls_listen;
  if (!options.tls_cert.empty()) configuration.tls_cert = options.tls_cert;
  if (!options.tls_key.empty()) configuration.tls_key = options.tls_key;
  const auto served = server::serve(configuration, options.data, [](const std::string& addresses) {
    std::cout << "listening on " << addresses << std::endl;
  });
  return served ? kDone : refuse(served.error());
}

}  // namespace

void add_serve_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  const Command command = program.subcommand("serve", "Serve the APIs until SIGTERM");
  command.option("--listen", options->listen,
                 "HOST:PORT for plain HTTP (default 127.0.0.1:8080; port 0: any free one)");
  command.option("--tls-listen", options->tls_listen, "HOST:PORT for HTTPS, with --tls-cert and --tls-key");
  command.option("--tls-cert", options->tls_cert, "Certificate chain, PEM; read again at SIGHUP");
  command.option("--tls-key", options->tls_key, "Private key, PEM");
  command.option("--data", options->data, "Data directory, made when it is not there").shows_default();
  command.option("--config", options->config, "Configuration file, TOML");
  command.does([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parcelwake::cli
