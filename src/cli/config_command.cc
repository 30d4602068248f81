#include <iostream>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "parcelwake_embedded.h"
#include "server/configuration.h"

namespace parcelwake::cli {

void add_config_command(const Command& program, int& exit_code) {
  const Command command = program.subcommand("config", "The configuration file");
  command.needs_subcommand();
  auto file = std::make_shared<std::string>();
  const Command check = command.subcommand("check", "Say what is wrong with a file");
  check.option("file", *file, "Configuration file, TOML").required();
  check.does([file, &exit_code] {
    const auto loaded = server::load_configuration(*file);
    if (loaded) {
      std::cout << *file << " is well\n";
      return;
    }
    for (const std::string& line : loaded.error()) std::cerr << line << '\n';
    exit_code = kRefused;
  });
  command.subcommand("print", "Print a file with every value, its default and its meaning").does([] {
    std::cout << embedded::files().front().bytes;
  });
}

}  // namespace parcelwake::cli
