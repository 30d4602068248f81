#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "carriers/asking/routes.h"
#include "carriers/engine/answer_json.h"
#include "carriers/engine/connectors.h"
#include "cli/commands.h"
#include "server/configuration.h"
#include "server/credential_vault.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

using carriers::Connectors;
using carriers::Declaration;
using carriers::WireFormat;

struct CarrierOptions {
  std::string code;  // of a carrier, a connector's name, or for `check` a file
  std::string connectors;
  std::string config;
  std::string data = kDefaultDataDirectory;
  std::string file;
  std::string format;
  std::string number;
  int http_status = 200;
  bool json = false;
};

std::optional<std::string> read_file(const std::string& path) {
  std::error_code error;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, error)) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

Connectors load(const CarrierOptions& options) {
  Connectors connectors = Connectors::load(options.connectors);
  for (const carriers::Problem& problem : connectors.problems()) std::cerr << to_string(problem) << '\n';
  return connectors;
}

void write_declaration(wire::json::Writer& json, const Declaration& declaration) {
  json.field("connector", declaration.name).key("carriers").begin_array();
  for (const auto& carrier : declaration.carriers) json.string(carrier.text());
  json.end_array().key("airlines").begin_array();
  for (const auto& prefix : declaration.airlines) json.string(prefix);
  json.end_array().key("formats").begin_array();
  for (const WireFormat& format : declaration.formats) {
    json.begin_object().field("name", format.name).field("version", format.version);
    json.field("can_ask", format.request.has_value());
    json.field("batch", static_cast<std::int64_t>(format.batch.size)).key("credentials").begin_object();
    for (const auto& need : format.credentials) json.field(need.name, need.about);
    json.end_object().end_object();
  }
  json.end_array().field_or_null("signup_url", declaration.signup_url);
}

void print_declaration(const Declaration& declaration) {
  std::cout << declaration.name << (declaration.airlines.empty() ? ": carriers" : ": air waybills of prefix");
  for (const auto& carrier : declaration.carriers) std::cout << ' ' << carrier.text();
  for (const auto& prefix : declaration.airlines) std::cout << ' ' << prefix;
  std::cout << '\n';
  for (const WireFormat& format : declaration.formats) {
    std::cout << "  format " << format.source() << (format.request ? "" : " (cannot be asked)") << '\n';
    for (const auto& need : format.credentials) std::cout << "    needs " << need.name << ": " << need.about << '\n';
  }
  if (!declaration.signup_url.empty()) std::cout << "  credentials from " << declaration.signup_url << '\n';
}

// What keeps the connector's carriers or airlines from being asked, each sentence once; empty when nothing does.
std::string missing_for(const Declaration& declaration, const carriers::Routes& routes) {
  std::vector<std::string> sentences;
  const auto note = [&sentences](const auto& by_key, const auto& key) {
    const auto route = by_key.find(key);
    const auto* sentence = route == by_key.end() ? nullptr : std::get_if<std::string>(&route->second);
    if (sentence == nullptr || std::find(sentences.begin(), sentences.end(), *sentence) != sentences.end()) return;
    sentences.push_back(*sentence);
  };
  for (const auto& carrier : declaration.carriers) note(routes.by_carrier, carrier);
  for (const auto& prefix : declaration.airlines) note(routes.by_airline, prefix);
  std::string missing;
  for (const std::string& sentence : sentences) missing += (missing.empty() ? "" : " ") + sentence;
  return missing;
}

// Where a credential that is in use comes from; never its value.
struct CredentialOrigin {
  std::string section;
  std::string name;
  std::string source;
};

std::vector<CredentialOrigin> origins_for(const Declaration& declaration,
                                          const carriers::CarrierSettingsBySection& settings) {
  std::vector<CredentialOrigin> origins;
  for (const auto& [section, said] : settings) {
    const auto carrier = domain::CarrierCode::parse(section);
    if (section != declaration.name && !(carrier && declaration.serves(*carrier))) continue;
    for (const auto& [name, source] : said.credential_sources) origins.push_back({section, name, source});
  }
  return origins;
}

void print(const Declaration& declaration, const std::string& missing, const std::vector<CredentialOrigin>& origins,
           bool as_json) {
  if (!as_json) {
    print_declaration(declaration);
    for (const CredentialOrigin& origin : origins) {
      std::cout << "  [carriers." << origin.section << "] has " << origin.name << " from " << origin.source << '\n';
    }
    std::cout << (missing.empty() ? "  can be asked" : "  missing: " + missing) << '\n';
    return;
  }
  std::string line;
  wire::json::Writer json(line);
  json.begin_object();
  write_declaration(json, declaration);
  json.key("credential_sources").begin_array();
  for (const CredentialOrigin& origin : origins) {
    json.begin_object().field("section", origin.section).field("name", origin.name);
    json.field("source", origin.source).end_object();
  }
  json.end_array().field("missing", missing).end_object();
  std::cout << line << '\n';
}

std::optional<server::Configuration> configuration_of(const CarrierOptions& options) {
  if (options.config.empty()) return server::Configuration{};
  auto loaded = server::load_configuration(options.config);
  if (loaded) return *std::move(loaded);
  for (const std::string& line : loaded.error()) std::cerr << line << '\n';
  return std::nullopt;
}

// Prints all connectors, or the one that `options.code` names.
int print_connectors(CarrierOptions options) {
  const auto configuration = configuration_of(options);
  if (!configuration) return refuse("the configuration is refused");
  if (options.connectors.empty()) options.connectors = configuration->connectors;
  const Connectors connectors = load(options);
  auto printed = connectors.all();
  if (!options.code.empty()) {
    const auto named = connectors.find(options.code);
    if (!named) return refuse("no connector serves '" + options.code + "'; see 'parcelwake carrier list'");
    printed = {named};
  }
  const auto stored = server::CredentialVault::of(options.data).load();
  if (!stored) return refuse(stored.error());
  const auto settings = server::with_stored(configuration->carriers, *stored);
  const carriers::Routes routes = carriers::make_routes(connectors.all(), settings);
  for (const auto& declaration : printed) {
    print(*declaration, missing_for(*declaration, routes), origins_for(*declaration, settings), options.json);
  }
  return kDone;
}

// A file is checked as it stands, with the samples beside it; a carrier's code with what is in use for it.
int check(const CarrierOptions& options) {
  const auto toml = read_file(options.code);
  if (!toml) {
    const Connectors connectors = load(options);
    if (!connectors.find(options.code)) return refuse("no file and no connector '" + options.code + "'");
    return connectors.problems().empty() ? kDone : kRefused;
  }
  const std::size_t slash = options.code.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : options.code.substr(0, slash);
  const std::string name = folder.substr(folder.rfind('/') + 1);
  const auto loaded = carriers::load_declaration(*toml, options.code, name);
  const auto problems = loaded ? carriers::check_samples(loaded.value(), folder) : loaded.error();
  for (const carriers::Problem& problem : problems) std::cerr << to_string(problem) << '\n';
  return problems.empty() ? kDone : kRefused;
}

int parse(const CarrierOptions& options) {
  const auto declaration = load(options).find(options.code);
  if (!declaration) return refuse("no connector serves '" + options.code + "'; see 'parcelwake carrier list'");
  const auto body = read_file(options.file);
  if (!body) return refuse("cannot read '" + options.file + "'");
  const carriers::RawAnswer raw{.http_status = options.http_status, .body = *body, .content_type = {}};
  const WireFormat* format =
      options.format.empty() ? recognise(*declaration, raw) : declaration->format(options.format);
  if (!format && !options.format.empty()) {
    return refuse("'" + declaration->name + "' has no format '" + options.format + "'");
  }
  if (!format) format = &declaration->formats.front();  // whose reading then says why not
  std::cout << answer_json(parse_answer(*format, raw), options.number) << '\n';
  return kDone;
}

}  // namespace

void add_carrier_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<CarrierOptions>();
  const Command command = program.subcommand("carrier", "Look at connectors and try them");
  command.needs_subcommand();
  command.option("--connectors", options->connectors, "Directory of connectors over those built in");

  const auto add_showing = [&](const char* name, const char* about, const char* json) {
    const Command part = command.subcommand(name, about);
    part.option("--config", options->config, "Configuration file, TOML, whose credentials count");
    part.option("--data", options->data, "Data directory, whose stored credentials count").shows_default();
    part.flag("--json", options->json, json);
    part.does([options, &exit_code] { exit_code = print_connectors(*options); });
    return part;
  };
  add_showing("list", "Connectors, the carriers they serve and what each still lacks",
              "Print one JSON document a line");
  add_showing("show", "One carrier's connector", "Print JSON")
      .option("code", options->code, "Carrier's code or connector's name")
      .required();

  const Command checking = command.subcommand("check", "Say what is wrong with a connector");
  checking.option("code", options->code, "Carrier's code, or a carrier.toml").required();
  checking.does([options, &exit_code] { exit_code = check(*options); });

  const Command parsing = command.subcommand("parse", "Read a recorded answer, without a network");
  parsing.option("code", options->code, "Carrier's code or connector's name").required();
  parsing.option("file", options->file, "The answer, as it came").required();
  parsing.option("--format", options->format, "Its wire format; without it the carrier's formats are tried");
  parsing.option("--number", options->number, "Number that was asked for, where the answer carries none");
  parsing.option("--http-status", options->http_status, "HTTP status of the answer").shows_default();
  parsing.flag("--json", options->json, "Print JSON (always so)");
  parsing.does([options, &exit_code] { exit_code = parse(*options); });

  add_serve_samples_command(command, exit_code);
  add_carrier_setup_command(command, exit_code);
}

}  // namespace parcelwake::cli
