#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "cli/ask_once.h"
#include "cli/commands.h"
#include "domain/tracking/absorb_report.h"
#include "domain/tracking/judgement.h"
#include "server/carrier_gateway.h"
#include "server/credential_vault.h"
#include "server/system.h"

namespace parcelwake::cli {
namespace {

struct TrackOptions {
  std::string carrier;
  std::string number;
  std::string config;
  std::string data = kDefaultDataDirectory;
};

void print(const domain::CarrierReport& report, Timestamp now) {
  domain::Tracking tracking;
  domain::absorb_report(tracking, domain::LegKind::Origin, report, now);
  std::cout << domain::name_of(tracking.status());
  if (const auto substatus = tracking.substatus()) std::cout << " (" << domain::name_of(*substatus) << ")";
  std::cout << '\n';
  const auto events = tracking.origin.timeline.checkpoints();
  for (std::size_t i = events.size(); i-- > 0;) {
    std::cout << "  " << events[i].time_raw << "  " << events[i].description;
    if (!events[i].location.empty()) std::cout << "  [" << events[i].location << "]";
    std::cout << '\n';
  }
}

int run(const TrackOptions& options) {
  const auto carrier = domain::CarrierCode::parse(options.carrier);
  if (!carrier) return refuse("'" + options.carrier + "' is no carrier code");
  const auto number = domain::TrackingNumber::parse(options.number);
  if (!number) return refuse("'" + options.number + "' is no tracking number");
  server::Configuration configuration;
  if (!options.config.empty()) {
    auto loaded = server::load_configuration(options.config);
    if (!loaded) return refuse(loaded.error().front());
    configuration = *std::move(loaded);
  }
  const auto stored = server::CredentialVault::of(options.data).load();
  if (!stored) return refuse(stored.error());
  configuration.carriers = server::with_stored(std::move(configuration.carriers), *stored);
  server::SystemClock clock;
  server::SystemRandom random;
  const auto gateway = server::start_carrier_gateway(configuration, clock, random);
  if (const auto reach = gateway->reachability(*carrier); !reach.can_ask) return refuse(reach.missing);
  const ports::CarrierAnswer given = ask_once(*gateway, *carrier, *number, clock.now());
  gateway->stop();
  if (!given) return refuse(in_words(given.error()));
  print(*given, clock.now());
  return kDone;
}

}  // namespace

void add_track_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<TrackOptions>();
  const Command command = program.subcommand("track", "Ask a carrier once and print the timeline");
  command.option("carrier", options->carrier, "Carrier code, e.g. sandbox").required();
  command.option("number", options->number, "Tracking number").required();
  command.option("--config", options->config, "Configuration file with the carrier's credentials");
  command.option("--data", options->data, "Data directory with stored credentials").shows_default();
  command.does([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parcelwake::cli
