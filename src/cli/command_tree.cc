#include "cli/command_tree.h"

#include <CLI/CLI.hpp>

#include "base/ascii.h"

namespace parcelwake::cli {
namespace {

OptionFacts option_facts(const CLI::Option& option) {
  OptionFacts facts;
  for (const std::string& name : option.get_lnames()) facts.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) facts.names.push_back("-" + name);
  facts.takes_value = option.get_type_size() != 0;
  facts.description = option.get_description();
  facts.preset = option.get_default_str();
  return facts;
}

CommandFacts facts_below(const CLI::App& command, const std::string& parents) {
  CommandFacts facts;
  facts.name = command.get_name();
  facts.path = parents.empty() ? facts.name : parents + " " + facts.name;
  facts.description = command.get_description();
  for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; })) {
    if (option->get_group().empty()) continue;
    if (!option->get_positional()) {
      facts.options.push_back(option_facts(*option));
    } else {
      facts.arguments.push_back(ascii::to_upper(option->get_name()));
    }
  }
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
    if (!below->get_group().empty()) facts.commands.push_back(facts_below(*below, facts.path));
  }
  return facts;
}

void append_below(const CommandFacts& command, std::vector<const CommandFacts*>& all) {
  all.push_back(&command);
  for (const CommandFacts& below : command.commands) append_below(below, all);
}

}  // namespace

CommandFacts facts_of(const Command& program) { return facts_below(program.app(), ""); }

std::vector<const CommandFacts*> with_all_below(const CommandFacts& command) {
  std::vector<const CommandFacts*> all;
  append_below(command, all);
  return all;
}

}  // namespace parcelwake::cli
