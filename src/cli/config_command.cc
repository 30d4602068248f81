#include <iostream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "parcelwake_embedded.h"
#include "server/configuration.h"

namespace parcelwake::cli {

void add_config_command(CLI::App& program, int& exit_code) {
  CLI::App* command = program.add_subcommand("config", "The configuration file");
  command->require_subcommand(1);
  auto file = std::make_shared<std::string>();
  CLI::App* check = command->add_subcommand("check", "Say what is wrong with a file");
  check->add_option("file", *file, "Configuration file, TOML")->required();
  check->callback([file, &exit_code] {
    const auto loaded = server::load_configuration(*file);
    if (loaded) {
      std::cout << *file << " is well\n";
      return;
    }
    for (const std::string& line : loaded.error()) std::cerr << line << '\n';
    exit_code = kRefused;
  });
  command->add_subcommand("print", "Print a file with every value, its default and its meaning")->callback([] {
    std::cout << embedded::files().front().bytes;
  });
}

}  // namespace parcelwake::cli
