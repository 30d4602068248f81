#include "cli/command.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <utility>

namespace parcelwake::cli {

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

Option& Option::one_of(std::vector<std::string> values) {
  option_->check(CLI::IsMember(std::move(values)));
  return *this;
}

Option& Option::between(std::int64_t least, std::int64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::not_negative() {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Option& Option::separated_by_commas() {
  option_->delimiter(',');
  return *this;
}

Option& Option::takes_all() {
  option_->take_all();
  return *this;
}

Option& Option::one_at_a_time() {
  option_->allow_extra_args(false);
  return *this;
}

Command Command::subcommand(const std::string& name, const std::string& about) const {
  return Command(*app_->add_subcommand(name, about));
}

void Command::needs_subcommand() const { app_->require_subcommand(1); }

void Command::hide() const { app_->group(""); }

template <class T>
Option Command::option(const std::string& name, T& into, const std::string& about) const {
  return Option(app_->add_option(name, into, about));
}
template Option Command::option(const std::string&, std::string&, const std::string&) const;
template Option Command::option(const std::string&, std::optional<std::string>&, const std::string&) const;
template Option Command::option(const std::string&, std::vector<std::string>&, const std::string&) const;
template Option Command::option(const std::string&, int&, const std::string&) const;
template Option Command::option(const std::string&, std::int64_t&, const std::string&) const;
template Option Command::option(const std::string&, double&, const std::string&) const;

Option Command::flag(const std::string& name, bool& into, const std::string& about) const {
  return Option(app_->add_flag(name, into, about));
}

void Command::does(std::function<void()> deed) const { app_->callback(std::move(deed)); }

}  // namespace parcelwake::cli
