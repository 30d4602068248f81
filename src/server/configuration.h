#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/common/dialect.h"
#include "app/limits/rate_limits.h"
#include "app/waybills/track_waybills.h"
#include "base/observe/log.h"
#include "base/result.h"
#include "carriers/asking/settings.h"
#include "domain/account/plan.h"
#include "domain/policy/telling.h"
#include "notify/webhook/http_webhook_sender.h"
#include "server/backup_schedule.h"
#include "server/dialect_settings.h"
#include "server/request_log.h"
#include "wire/http/server/options.h"
#include "wire/http/server/trusted_proxies.h"

namespace parcelwake::server {

// How endpoints are told.
struct WebhookConfiguration {
  domain::RetryRule retries;
  notify::WebhookSettings sending;
  unsigned in_flight = 200;  // deliveries under way at once
  unsigned per_endpoint = 8;

  bool operator==(const WebhookConfiguration&) const = default;
};

// Everything an operator can set, with its default. docs/parcelwake.toml describes each value.
struct Configuration {
  // [server]
  std::string listen = "127.0.0.1:8080";  // plain HTTP; empty: none
  std::string tls_listen;                 // HTTPS, with the two below; empty: none
  std::string tls_cert;
  std::string tls_key;
  unsigned threads = 0;               // that answer HTTP; 0: one a core
  std::size_t row_cache = 64U << 20;  // bytes of rows that these threads together keep as they wrote them
  wire::http::Limits http_limits;
  std::size_t write_queue = 50'000;      // requests that may wait to be written; further ones get 503
  std::chrono::seconds drain_grace{10};  // for requests under way when the server is told to stop
  wire::http::TrustedProxies trusted_proxies;
  std::chrono::seconds drain_delay{0};  // before that, in which it serves and says at /readyz that it will stop
  // Nothing: no limit where only this machine can connect, as a proxy's connections all come from one address;
  // otherwise a tenth of all connections.
  std::optional<unsigned> connections_per_address;

  // [dialects]
  std::vector<api::Dialect> dialects = default_dialects();

  // [limits]
  app::RateSettings rates;
  std::string support = "the administrator of this server";  // whom an account is to ask for what is switched off
  domain::Plans plans = domain::default_plans();             // [limits.plans.X]

  // [polling]
  unsigned asks_in_flight = 2'000;

  // [aircargo]
  app::WaybillFreshness waybill_freshness;

  // [webhooks]
  WebhookConfiguration webhooks;

  // [carriers.X]
  carriers::CarrierSettingsBySection carriers;
  std::string connectors;  // a directory of further declarations, which take precedence; empty: none

  // [store]
  BackupPlan backups;

  // [observe]
  log::Level log_level = log::Level::Info;
  log::Format log_format = log::Format::Text;
  RequestLog request_log = RequestLog::Off;
  bool metrics = true;
  std::string metrics_listen;  // an address of their own; empty: the others serve them
  std::string metrics_token;   // who shows it may read them from anywhere; empty: none
};

// Reads a TOML file over the defaults. Values such as "env:NAME" and "file:PATH" in [carriers.X] are replaced by what
// they name. Fails with a line for each thing that is wrong, "FILE:LINE:COLUMN: reason".
Result<Configuration, std::vector<std::string>> load_configuration(const std::string& file);
Result<Configuration, std::vector<std::string>> parse_configuration(std::string_view text, const std::string& file);

// The source of a credential whose text stands in the file itself.
inline constexpr std::string_view kWrittenInConfiguration = "the configuration";

// What a secret's text stands for: itself, or what "env:NAME" or "file:PATH" names, without white space around a file's
// content. The error is a sentence that shows no value.
Result<std::string, std::string> resolve_secret(std::string_view text);

// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address).
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
Result<ListenAddress, std::string> parse_listen_address(std::string_view text);

// How many connections one address may hold on a listener; 0: as many as it likes.
unsigned connections_per_address(const Configuration& configuration, const ListenAddress& listener);

}  // namespace parcelwake::server
