#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "carriers/asking/connector_gateway.h"
#include "carriers/asking/routes.h"
#include "carriers/engine/connectors.h"
#include "cli/ask_once.h"
#include "cli/commands.h"
#include "cli/hidden_input.h"
#include "server/configuration.h"
#include "server/credential_vault.h"
#include "server/data_directory.h"
#include "server/system.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

using carriers::Credentials;
using carriers::Declaration;
using ports::CarrierError;

struct SetupOptions {
  std::string code;
  std::vector<std::string> given;  // "name=source"
  std::string number;
  std::string config;
  std::string data = kDefaultDataDirectory;
  bool untested = false;
  bool remove = false;
  bool json = false;
};

// Whose credentials are set up, and for which section of the configuration.
struct Subject {
  server::Configuration configuration;
  std::shared_ptr<const Declaration> declaration;
  std::string section;
  const carriers::WireFormat* format = nullptr;  // of the declaration
};

Result<Subject, std::string> find_subject(const SetupOptions& options) {
  Subject subject;
  if (!options.config.empty()) {
    auto loaded = server::load_configuration(options.config);
    if (!loaded) return fail(loaded.error().front());
    subject.configuration = *std::move(loaded);
  }
  subject.declaration = carriers::Connectors::load(subject.configuration.connectors).find(options.code);
  if (!subject.declaration) {
    return fail("no connector serves '" + options.code + "'; see 'parcelwake carrier list'");
  }
  // A carrier with a section of its own reads no other.
  const bool own = subject.configuration.carriers.contains(options.code);
  subject.section = own ? options.code : subject.declaration->name;
  subject.format =
      carriers::askable_format(*subject.declaration, subject.configuration.carriers[subject.section].format);
  if (subject.format == nullptr || !subject.format->request) {
    return fail("'" + subject.declaration->name + "' takes no questions in the format that is set");
  }
  return subject;
}

// The sources that --set names, by credential. The error is a sentence.
Result<std::map<std::string, std::string>, std::string> sources_of(const SetupOptions& options,
                                                                   const carriers::WireFormat& format) {
  std::map<std::string, std::string> sources;
  for (const std::string& text : options.given) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const std::string source = equals == std::string::npos ? "" : text.substr(equals + 1);
    const bool known = std::any_of(format.credentials.begin(), format.credentials.end(),
                                   [&](const carriers::CredentialNeed& need) { return need.name == name; });
    if (!known) return fail(fmt::format("'{}' takes no credential '{}'", format.name, name));
    if (source != "-" && !source.starts_with("env:") && !source.starts_with("file:")) {
      return fail(
          fmt::format("write --set {}=env:NAME, {}=file:PATH or {}=- (a line of standard input): a value "
                      "given here would show in the list of processes",
                      name, name, name));
    }
    if (!sources.emplace(name, source).second) return fail("--set names '" + name + "' twice");
  }
  return sources;
}

Result<std::string, std::string> value_of(const carriers::CredentialNeed& need, const std::string& source) {
  std::string value;
  if (source == "-") {
    std::getline(std::cin, value);
  } else if (!source.empty()) {
    auto resolved = server::resolve_secret(source);
    if (!resolved) return resolved;
    value = *std::move(resolved);
  } else if (can_ask_person()) {
    const auto typed = ask_hidden(fmt::format("{} ({}): ", need.name, need.about));
    if (!typed) return fail(std::string("nothing is stored"));
    value = *typed;
  } else {
    return fail(fmt::format("{} is missing ({}); give it by --set {}=env:NAME, file:PATH or -", need.name, need.about,
                            need.name));
  }
  value = std::string(ascii::trimmed(value));
  if (value.empty()) return fail(need.name + " is empty");
  return value;
}

// Those that the configuration does not give.
Result<Credentials, std::string> collect(const Subject& subject, const std::map<std::string, std::string>& sources) {
  const auto configured = subject.configuration.carriers.find(subject.section);
  Credentials collected;
  for (const carriers::CredentialNeed& need : subject.format->credentials) {
    const auto source = sources.find(need.name);
    const bool has_source = source != sources.end();
    const auto& held = configured->second.credentials;
    if (const auto at = held.find(need.name); at != held.end() && !at->second.empty()) {
      if (!has_source) continue;
      return fail(
          fmt::format("[carriers.{}] in the configuration gives {} already, and wins", subject.section, need.name));
    }
    auto value = value_of(need, has_source ? source->second : "");
    if (!value) return fail(value.error());
    collected[need.name] = *std::move(value);
  }
  if (collected.empty()) {
    return fail(fmt::format(
        "there is nothing to store: '{}' {}", subject.declaration->name,
        subject.format->credentials.empty() ? "needs no credentials" : "has its credentials from the configuration"));
  }
  return collected;
}

domain::CarrierCode carrier_to_ask(const Subject& subject, const std::string& code) {
  const auto& served = subject.declaration->carriers;
  const auto named = domain::CarrierCode::parse(code);
  return named && subject.declaration->serves(*named) ? *named : served.front();
}

// What the carrier says to a question with these credentials. The error is why they are not to be stored.
Result<std::string, std::string> try_out(const Subject& subject, const SetupOptions& options,
                                         const Credentials& credentials) {
  const std::string text = options.number.empty() ? subject.declaration->sample_number : options.number;
  if (text.empty()) return fail(std::string("give a tracking number of the carrier's by --number, to try them with"));
  const auto number = domain::TrackingNumber::parse(text);
  if (!number) return fail("'" + text + "' is no tracking number");
  server::SystemClock clock;
  server::SystemRandom random;
  const auto settings = server::with_stored(subject.configuration.carriers, {{subject.section, credentials}});
  carriers::ConnectorGateway gateway({subject.declaration}, settings, clock, random);
  gateway.start();
  const auto answer = ask_once(gateway, carrier_to_ask(subject, options.code), *number, clock.now());
  gateway.stop();
  if (answer) return "the carrier answers for " + text;
  switch (answer.error().error) {
    case CarrierError::UnknownNumber:
    case CarrierError::InvalidNumber:
      return "the carrier accepts them (" + in_words(answer.error()) + ", " + text + ")";
    case CarrierError::Refused:
      return fail(in_words(answer.error()));
    case CarrierError::Throttled:
    case CarrierError::Unreachable:
    case CarrierError::Unreadable:
    case CarrierError::NotConnected:
      return fail("they could not be tried, " + in_words(answer.error()) + "; --no-test stores them untried");
  }
  return fail(std::string("they could not be tried"));
}

void tell_stored(const SetupOptions& options, const std::string& section, const std::string& outcome) {
  if (!options.json) {
    std::cout << outcome << "\nstored for [carriers." << section << "] in " << options.data
              << "; a running server uses them within seconds\n";
    return;
  }
  std::string line;
  wire::json::Writer(line)
      .begin_object()
      .field("section", section)
      .field("stored", true)
      .field("tried", !options.untested)
      .field("outcome", outcome)
      .end_object();
  std::cout << line << '\n';
}

int set_up(const SetupOptions& options) {
  const auto subject = find_subject(options);
  if (!subject) return refuse(subject.error());
  const auto sources = sources_of(options, *subject->format);
  if (!sources) {
    refuse(sources.error());
    return kWrongUsage;
  }
  // Before anybody types a secret: whether it could be kept.
  const auto vault = server::CredentialVault::of(options.data);
  const auto kept = vault.load();
  if (!kept) return refuse(kept.error());
  if (!options.json && can_ask_person() && !subject->declaration->signup_url.empty()) {
    std::cerr << "Credentials for " << subject->declaration->name << " come from " << subject->declaration->signup_url
              << '\n';
  }
  const auto credentials = collect(*subject, *sources);
  if (!credentials) return refuse(credentials.error());
  std::string outcome = "not tried";
  if (!options.untested) {
    const auto tried = try_out(*subject, options, *credentials);
    if (!tried) return refuse(tried.error() + "\nparcelwake: nothing is stored");
    outcome = *tried;
  }
  if (const auto directory = server::DataDirectory::open(options.data); !directory) return refuse(directory.error());
  server::SystemRandom random;
  const auto stored = vault.store(subject->section, *credentials, random);
  if (!stored) return refuse(stored.error());
  tell_stored(options, subject->section, outcome);
  return kDone;
}

int remove(const SetupOptions& options) {
  const auto vault = server::CredentialVault::of(options.data);
  const auto declaration = carriers::Connectors::load("").find(options.code);
  std::vector<std::string> sections{options.code};
  if (declaration && declaration->name != options.code) sections.push_back(declaration->name);
  const auto kept = vault.load();
  if (!kept) return refuse(kept.error());
  server::SystemRandom random;
  for (const std::string& section : sections) {
    if (!kept->contains(section)) continue;
    const auto removed = vault.remove(section, random);
    if (!removed) return refuse(removed.error());
    std::cout << "what was stored for [carriers." << section << "] is removed\n";
    return kDone;
  }
  return refuse("nothing is stored for '" + options.code + "' in " + options.data);
}

}  // namespace

void add_carrier_setup_command(const Command& carrier, int& exit_code) {
  auto options = std::make_shared<SetupOptions>();
  const Command command = carrier.subcommand("setup", "Try a carrier's credentials and keep them, encrypted");
  command.option("code", options->code, "Carrier's code or connector's name").required();
  command
      .option("--set", options->given,
              "NAME=env:VARIABLE, NAME=file:PATH or NAME=- (a line of standard input), once for each "
              "credential; without it they are asked for")
      .one_at_a_time();
  command.option("--number", options->number, "Tracking number to try them with; without it a sample");
  const Option untested = command.flag("--no-test", options->untested, "Keep them without trying them");
  command.flag("--remove", options->remove, "Forget what is kept").excludes(untested);
  command.option("--data", options->data, "Data directory that keeps them").shows_default();
  command.option("--config", options->config, "Configuration file, TOML, whose base_url and format count");
  command.flag("--json", options->json, "Print JSON");
  command.does([options, &exit_code] { exit_code = options->remove ? remove(*options) : set_up(*options); });
}

}  // namespace parcelwake::cli
