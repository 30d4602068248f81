#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/doctor/checks.h"
#include "server/configuration.h"
#include "server/system.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

struct DoctorOptions {
  std::string config;
  std::string data = kDefaultDataDirectory;
  bool network = false;
  bool json = false;
};

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::Ok:
      return "ok";
    case Grade::Warning:
      return "warning";
    case Grade::Problem:
      return "problem";
  }
  return "";
}

// Whether a secret stands in the file itself, where others could read it.
bool shows_secrets(const std::string& file, const server::Configuration& configuration) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0 || (found.st_mode & S_IROTH) == 0) return false;
  for (const auto& [section, settings] : configuration.carriers) {
    for (const auto& [name, source] : settings.credential_sources) {
      if (source == server::kWrittenInConfiguration) return true;
    }
  }
  return false;
}

// Looks at the file, and takes what it says into `configuration`.
Findings check_configuration(const std::string& file, server::Configuration& configuration) {
  if (file.empty()) return {{Grade::Ok, "configuration", "none is named: every value is its default", ""}};
  auto loaded = server::load_configuration(file);
  Findings findings;
  if (!loaded) {
    for (const std::string& line : loaded.error()) {
      findings.push_back({Grade::Problem, "configuration", line,
                          "mend it; 'parcelwake config print' shows every value with its default"});
    }
    return findings;
  }
  configuration = *std::move(loaded);
  if (shows_secrets(file, configuration)) {
    return {{Grade::Warning, "configuration", file + " holds a secret and everybody can read it",
             "chmod 640 it, name the secret as env:NAME or file:PATH, or use 'parcelwake carrier setup'"}};
  }
  return {{Grade::Ok, "configuration", file + " is well", ""}};
}

void print_text(const Findings& findings) {
  for (const Finding& finding : findings) {
    std::cout << fmt::format("{:<8} {}: {}\n", name_of(finding.grade), finding.subject, finding.text);
    if (!finding.advice.empty()) std::cout << "         " << finding.advice << '\n';
  }
}

void print_json(const Findings& findings, bool well) {
  std::string line;
  wire::json::Writer json(line);
  json.begin_object().field("ok", well).key("findings").begin_array();
  for (const Finding& finding : findings) {
    json.begin_object().field("grade", name_of(finding.grade)).field("subject", finding.subject);
    json.field("text", finding.text).field_or_null("advice", finding.advice).end_object();
  }
  json.end_array().end_object();
  std::cout << line << '\n';
}

int run(const DoctorOptions& options) {
  server::SystemClock clock;
  server::Configuration configuration;
  Findings all = check_configuration(options.config, configuration);
  const auto add = [&](const Findings& more) { all.insert(all.end(), more.begin(), more.end()); };
  add(check_data_directory(options.data));
  add(check_system(clock.now(), options.data));
  add(check_listening(configuration, options.data, clock.now()));
  add(check_webhooks(options.data));
  add(check_carriers(configuration, options.data, options.network));
  const auto problems =
      std::count_if(all.begin(), all.end(), [](const Finding& finding) { return finding.grade == Grade::Problem; });
  if (options.json) {
    print_json(all, problems == 0);
  } else {
    print_text(all);
  }
  if (problems == 0) return kDone;
  return refuse(fmt::format("{} of {} findings are problems", problems, all.size()));
}

}  // namespace

void add_doctor_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<DoctorOptions>();
  const Command command = program.subcommand("doctor", "Look over an installation and say what to do; changes nothing");
  command.option("--data", options->data, "Data directory").shows_default();
  command.option("--config", options->config, "Configuration file, TOML");
  command.flag("--network", options->network, "Connect to the carriers that can be asked");
  command.flag("--json", options->json, "Print JSON");
  command.does([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parcelwake::cli
