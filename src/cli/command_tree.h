#pragma once

#include <string>
#include <vector>

#include "cli/commands.h"

namespace parcelwake::cli {

// An option as people write it.
struct OptionFacts {
  std::vector<std::string> names;  // "--data", "-h"
  bool takes_value = false;
  std::string description;
  std::string preset;  // its default; empty: none
};

// The program or one of its commands: what manual and completion tell of it. Hidden commands are not in it.
struct CommandFacts {
  std::string path;  // "parcelwake account create"
  std::string name;  // "create"
  std::string description;
  std::vector<OptionFacts> options;
  std::vector<std::string> arguments;  // positional ones, in their order: "CODE"
  std::vector<CommandFacts> commands;
};

CommandFacts facts_of(const Command& program);

// The command itself and all below it, each before its own.
std::vector<const CommandFacts*> with_all_below(const CommandFacts& command);

}  // namespace parcelwake::cli
