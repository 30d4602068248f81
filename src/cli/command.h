#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

// The command line as its commands describe it. CLI11 reads it and takes ten seconds to compile wherever it is
// included, so that only what builds upon it does: command.cc, command_tree.cc and main.cc.
namespace parcelwake::cli {

// What a command takes. A handle: copies are the same option, which lives as long as the program's.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option& required();
  Option& shows_default();  // what the variable holds now, in the help
  Option& one_of(std::vector<std::string> values);
  Option& between(std::int64_t least, std::int64_t most);
  Option& not_negative();
  Option& excludes(const Option& other);
  Option& separated_by_commas();
  Option& takes_all();      // that it is given
  Option& one_at_a_time();  // takes one value each time it is given

 private:
  CLI::Option* option_;
};

// The program or one of its commands. A handle likewise.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  Command subcommand(const std::string& name, const std::string& about) const;
  void needs_subcommand() const;
  void hide() const;  // from help, manual and completion

  // `name`: "--data", or "file" for what stands without a name. `into` keeps what was given, and what it holds now
  // where nothing was; it has to live until the command line has been read. T: string, optional string, strings, int,
  // int64, double.
  template <class T>
  Option option(const std::string& name, T& into, const std::string& about) const;
  Option flag(const std::string& name, bool& into, const std::string& about) const;

  // What the command does once all of the command line has been read.
  void does(std::function<void()> deed) const;

  const CLI::App& app() const { return *app_; }

 private:
  CLI::App* app_;
};

}  // namespace parcelwake::cli
