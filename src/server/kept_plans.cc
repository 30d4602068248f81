#include "server/kept_plans.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "server/owned_file.h"

namespace parcelwake::server {
namespace {

constexpr const char* kFile = "plans";
constexpr const char* kUnlimited = "unlimited";

// "5000 7 free": tenths of units a month or "unlimited", days of trial, name. The name is last, it may hold anything.
std::string line_of(const std::string& name, const domain::Plan& plan) {
  const std::string monthly = plan.monthly ? std::to_string(plan.monthly->in_tenths()) : kUnlimited;
  return fmt::format("{} {} {}\n", monthly, plan.trial.count(), name);
}

void read_line(const std::string& text, domain::Plans& plans) {
  std::istringstream words(text);
  std::string monthly;
  std::int64_t trial_days = 0;
  std::string name;
  if (!(words >> monthly >> trial_days) || words.get() != ' ' || !std::getline(words, name)) return;
  domain::Plan plan;
  plan.trial = std::chrono::days{trial_days};
  if (monthly != kUnlimited) plan.monthly = domain::Units::tenths(std::strtoll(monthly.c_str(), nullptr, 10));
  plans[name] = plan;
}

}  // namespace

Result<void, std::string> keep_plans(const std::string& data_directory, const domain::Plans& plans) {
  std::string text;
  for (const auto& [name, plan] : plans) {
    // Such a name is on no command line.
    if (name.find('\n') == std::string::npos) text += line_of(name, plan);
  }
  if (read_file(data_directory + "/" + kFile) == text) return {};
  return replace_file(data_directory, kFile, text);
}

domain::Plans kept_plans(const std::string& data_directory) {
  std::ifstream file(data_directory + "/" + kFile);
  if (!file) return domain::default_plans();
  domain::Plans plans;
  for (std::string line; std::getline(file, line);) read_line(line, plans);
  return plans;
}

}  // namespace parcelwake::server
