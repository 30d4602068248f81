#include <fmt/format.h>

#include <future>
#include <memory>
#include <variant>

#include "carriers/asking/routes.h"
#include "carriers/engine/connectors.h"
#include "cli/doctor/checks.h"
#include "server/credential_vault.h"
#include "wire/http/client/client.h"
#include "wire/toml/document.h"

namespace parcelwake::cli {
namespace {

using carriers::Connectors;
using carriers::Routes;

constexpr std::chrono::milliseconds kLongestConnecting{10'000};

std::string base_of(const carriers::LineSetup& setup) {
  return setup.destination.base_url.empty() ? setup.format->request->base_url : setup.destination.base_url;
}

Finding judge_connector(const carriers::Declaration& declaration, const Routes& routes,
                        const carriers::CarrierSettingsBySection& settings) {
  std::size_t askable = 0;
  std::string missing;
  bool mentioned = settings.contains(declaration.name);
  for (const auto& carrier : declaration.carriers) {
    mentioned = mentioned || settings.contains(carrier.text());
    const auto route = routes.by_carrier.find(carrier);
    if (route == routes.by_carrier.end()) continue;
    if (const auto* sentence = std::get_if<std::string>(&route->second)) {
      missing = *sentence;
    } else {
      ++askable;
    }
  }
  const std::string subject = "carrier " + declaration.name;
  const std::string some = fmt::format("can be asked, {} of its {} codes", askable, declaration.carriers.size());
  if (missing.empty()) return {Grade::Ok, subject, some, ""};
  if (askable > 0) return {Grade::Warning, subject, some, missing};
  if (mentioned) return {Grade::Warning, subject, "is set up in part", missing};
  return {Grade::Ok, subject, "is not set up", missing};
}

std::string_view in_words(wire::http::ClientError::Kind kind) {
  using Kind = wire::http::ClientError::Kind;
  switch (kind) {
    case Kind::Malformed:
      return "its address is malformed";
    case Kind::ForbiddenAddress:
      return "its name leads to a private address";
    case Kind::Unreachable:
      return "no connection";
    case Kind::Insecure:
      return "TLS failed";
    case Kind::TimedOut:
      return "no answer in time";
    case Kind::TooLarge:
    case Kind::Garbled:
      return "what answers there is no HTTP server";
    case Kind::Stopped:
      return "interrupted";
  }
  return "";
}

using Connected = Result<wire::http::ClientResponse, wire::http::ClientError>;

Finding judge_connection(const carriers::LineSetup& setup, const Connected& connected) {
  const std::string subject = "network " + setup.name;
  const std::string url = base_of(setup);
  if (connected) return {Grade::Ok, subject, url + " answers", ""};
  return {Grade::Problem, subject,
          fmt::format("{}: {}{}{}", url, in_words(connected.error().kind), connected.error().detail.empty() ? "" : ": ",
                      connected.error().detail),
          "check name resolution, the firewall and ca-certificates on this machine"};
}

// Any answer will do: it took DNS, a connection and, for https, a certificate that is trusted.
Findings check_network(const Routes& routes) {
  wire::http::Client client;
  client.start();
  std::vector<std::future<Connected>> answers;
  for (const carriers::LineSetup& setup : routes.setups) {
    auto promise = std::make_shared<std::promise<Connected>>();
    answers.push_back(promise->get_future());
    wire::http::ClientRequest request;
    request.url = base_of(setup) + "/";
    request.timeout = kLongestConnecting;
    request.allow_private = setup.destination.replaced;
    client.send(std::move(request), [promise](Connected connected) { promise->set_value(std::move(connected)); });
  }
  Findings findings;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    findings.push_back(judge_connection(routes.setups[i], answers[i].get()));
  }
  client.stop();
  return findings;
}

}  // namespace

Findings check_carriers(const server::Configuration& configuration, const std::string& data_directory, bool network) {
  Findings findings;
  const Connectors connectors = Connectors::load(configuration.connectors);
  for (const auto& problem : connectors.problems()) {
    findings.push_back({Grade::Problem, "connectors", wire::toml::to_string(problem), "mend the file"});
  }
  const auto stored = server::CredentialVault::of(data_directory).load();
  if (!stored) findings.push_back({Grade::Problem, "credentials", stored.error(), "see README, 'Real carriers'"});
  const auto settings = server::with_stored(configuration.carriers, stored ? *stored : server::StoredCredentials{});
  for (const auto& [section, said] : settings) {
    if (connectors.find(section)) continue;
    findings.push_back({Grade::Warning, "carrier " + section, "no connector serves a carrier of that code",
                        "see 'parcelwake carrier list', and mend [carriers." + section + "]"});
  }
  const Routes routes = carriers::make_routes(connectors.all(), settings);
  for (const auto& declaration : connectors.all()) findings.push_back(judge_connector(*declaration, routes, settings));
  if (routes.setups.empty()) {
    findings.push_back({Grade::Warning, "carriers", "only the sandbox carrier can be asked",
                        "run 'parcelwake carrier setup CODE' for the carriers you ship with"});
  }
  if (network) {
    const Findings reached = check_network(routes);
    findings.insert(findings.end(), reached.begin(), reached.end());
  }
  return findings;
}

}  // namespace parcelwake::cli
