#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "cli/command_tree.h"
#include "cli/commands.h"

namespace parcelwake::cli {
namespace {

// In single quotes, for any shell: descriptions lose theirs.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\n') break;
    if (c != '\'' && c != '\\') out.push_back(c);
  }
  return out + "'";
}

std::string words_of(const CommandFacts& command) {
  std::string words;
  for (const CommandFacts& below : command.commands) words += below.name + " ";
  for (const OptionFacts& option : command.options) {
    for (const std::string& name : option.names) words += name + " ";
  }
  if (!words.empty()) words.pop_back();
  return words;
}

// "'parcelwake account'|'parcelwake account create'|…": the commands a person can be within.
std::string paths_below(const CommandFacts& program) {
  std::string paths;
  for (const CommandFacts* command : with_all_below(program)) {
    if (command != &program) paths += (paths.empty() ? "" : "|") + in_quotes(command->path);
  }
  return paths;
}

std::string options_with_value(const CommandFacts& program) {
  std::vector<std::string> names;
  for (const CommandFacts* command : with_all_below(program)) {
    for (const OptionFacts& option : command->options) {
      if (option.takes_value) names.insert(names.end(), option.names.begin(), option.names.end());
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : "|") + name;
  return all;
}

void print_bash(const CommandFacts& program) {
  std::cout << "# bash completion of parcelwake; made by 'parcelwake completion bash'\n"
               "_parcelwake() {\n"
               "  local within=parcelwake i words=\n"
               "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
               "    case \"$within ${COMP_WORDS[i]}\" in\n      "
            << paths_below(program)
            << ") within=\"$within ${COMP_WORDS[i]}\" ;;\n"
               "    esac\n"
               "  done\n"
               "  COMPREPLY=()\n"
               "  case ${COMP_WORDS[COMP_CWORD-1]} in\n    "
            << options_with_value(program)
            << ") return ;;\n"
               "  esac\n"
               "  case $within in\n";
  for (const CommandFacts* command : with_all_below(program)) {
    std::cout << "    " << in_quotes(command->path) << ") words=" << in_quotes(words_of(*command)) << " ;;\n";
  }
  std::cout << "  esac\n"
               "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
               "}\n"
               "complete -o default -F _parcelwake parcelwake\n";
}

// A line of zsh's _describe: name and description with a colon between them.
std::string zsh_row(const std::string& name, const std::string& description) {
  std::string escaped;
  for (const char c : name) {
    if (c == ':') escaped.push_back('\\');
    escaped.push_back(c);
  }
  return " " + in_quotes(escaped + ":" + description);
}

void print_zsh(const CommandFacts& program) {
  std::cout << "#compdef parcelwake\n"
               "# zsh completion of parcelwake; made by 'parcelwake completion zsh'\n"
               "local within=parcelwake i\n"
               "local -a rows\n"
               "for ((i = 2; i < CURRENT; i++)); do\n"
               "  case \"$within $words[i]\" in\n    ("
            << paths_below(program)
            << ") within=\"$within $words[i]\" ;;\n"
               "  esac\n"
               "done\n"
               "case $words[CURRENT-1] in\n  ("
            << options_with_value(program)
            << ") _files; return ;;\n"
               "esac\n"
               "case $within in\n";
  for (const CommandFacts* command : with_all_below(program)) {
    std::cout << "  (" << in_quotes(command->path) << ") rows=(";
    for (const CommandFacts& below : command->commands) std::cout << zsh_row(below.name, below.description);
    for (const OptionFacts& option : command->options) {
      for (const std::string& name : option.names) std::cout << zsh_row(name, option.description);
    }
    std::cout << " ) ;;\n";
  }
  std::cout << "esac\n"
               "_describe -o parcelwake rows || _files\n";
}

void print_fish_option(const std::string& path, const OptionFacts& option) {
  std::cout << "complete -c parcelwake -n \"__parcelwake_within " << in_quotes(path) << "\"";
  for (const std::string& name : option.names) {
    std::cout << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
  }
  std::cout << (option.takes_value ? " -r" : "") << " -d " << in_quotes(option.description) << '\n';
}

void print_fish(const CommandFacts& program) {
  std::cout << "# fish completion of parcelwake; made by 'parcelwake completion fish'\n"
               "function __parcelwake_within\n"
               "  set -l within parcelwake\n"
               "  for word in (commandline -opc)[2..]\n"
               "    if contains -- \"$within $word\"";
  for (const CommandFacts* command : with_all_below(program)) std::cout << ' ' << in_quotes(command->path);
  std::cout << "\n"
               "      set within \"$within $word\"\n"
               "    end\n"
               "  end\n"
               "  test \"$within\" = \"$argv[1]\"\n"
               "end\n";
  for (const CommandFacts* command : with_all_below(program)) {
    for (const CommandFacts& below : command->commands) {
      std::cout << "complete -c parcelwake -f -n \"__parcelwake_within " << in_quotes(command->path) << "\" -a "
                << below.name << " -d " << in_quotes(below.description) << '\n';
    }
    for (const OptionFacts& option : command->options) print_fish_option(command->path, option);
  }
}

}  // namespace

void add_completion_command(const Command& program) {
  auto shell = std::make_shared<std::string>();
  const Command command = program.subcommand("completion", "Print the completion of a shell");
  command.hide();
  command.option("shell", *shell, "bash, zsh or fish").required().one_of({"bash", "zsh", "fish"});
  command.does([&program, shell] {
    const CommandFacts facts = facts_of(program);
    if (*shell == "bash") {
      print_bash(facts);
    } else if (*shell == "zsh") {
      print_zsh(facts);
    } else {
      print_fish(facts);
    }
  });
}

}  // namespace parcelwake::cli
