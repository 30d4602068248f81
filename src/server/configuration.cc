#include "server/configuration.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/ascii.h"
#include "carriers/declaration/request.h"
#include "server/limits_configuration.h"
#include "wire/toml/document.h"

namespace parcelwake::server {
namespace {

using wire::toml::Table;

template <class Number>
void read_count(const Table& table, std::string_view key, Number& out, std::int64_t least, std::int64_t most) {
  if (const auto value = table.integer(key, least, most)) out = static_cast<Number>(*value);
}

template <class Duration>
void read_duration(const Table& table, std::string_view key, Duration& out, std::int64_t most) {
  if (const auto value = table.integer(key, 0, most)) out = Duration{*value};
}

void read_text(const Table& table, std::string_view key, std::string& out) {
  if (const auto value = table.string(key)) out = std::string(*value);
}

void read_listen(const Table& table, std::string_view key, std::string& out) {
  read_text(table, key, out);
  if (out.empty()) return;
  if (const auto address = parse_listen_address(out); !address) table.refuse(key, address.error());
}

void read_trusted_proxies(const Table& table, Configuration& configuration) {
  std::vector<std::string> networks;
  for (const std::string_view network : table.strings("trusted_proxies")) networks.emplace_back(network);
  auto proxies = wire::http::TrustedProxies::parse(networks);
  if (proxies) {
    configuration.trusted_proxies = *std::move(proxies);
  } else {
    table.refuse("trusted_proxies", proxies.error());
  }
}

void read_server(const Table& table, Configuration& configuration) {
  read_listen(table, "listen", configuration.listen);
  read_listen(table, "tls_listen", configuration.tls_listen);
  read_text(table, "tls_cert", configuration.tls_cert);
  read_text(table, "tls_key", configuration.tls_key);
  read_count(table, "threads", configuration.threads, 0, 256);
  read_count(table, "row_cache", configuration.row_cache, 0, std::int64_t{1} << 40);
  read_count(table, "write_queue", configuration.write_queue, 1, 10'000'000);
  read_duration(table, "drain_grace_s", configuration.drain_grace, 3600);
  read_trusted_proxies(table, configuration);
  read_duration(table, "drain_delay_s", configuration.drain_delay, 3600);
  wire::http::Limits& limits = configuration.http_limits;
  read_count(table, "max_body", limits.body, 1024, std::int64_t{1} << 30);
  read_count(table, "max_bodies", limits.bodies, 1024, std::int64_t{1} << 40);
  read_count(table, "max_head", limits.head, 1024, 1 << 20);
  read_count(table, "max_target", limits.target, 256, 1 << 20);
  read_count(table, "max_connections", limits.connections, 1, 1'000'000);
  if (const auto most = table.integer("max_connections_per_address", 0, 1'000'000)) {
    configuration.connections_per_address = static_cast<unsigned>(*most);
  }
  read_duration(table, "idle_timeout_s", limits.idle_timeout, 86'400);
  read_duration(table, "head_deadline_ms", limits.head_deadline, 3'600'000);
  read_duration(table, "body_deadline_ms", limits.body_deadline, 3'600'000);
  read_duration(table, "answer_deadline_ms", limits.answer_deadline, 3'600'000);
  if (!configuration.tls_listen.empty() && (configuration.tls_cert.empty() || configuration.tls_key.empty())) {
    table.refuse("tls_listen", "HTTPS needs tls_cert and tls_key");
  }
}

void read_secret(const Table& table, std::string_view key, std::string& out) {
  const auto text = table.string(key);
  if (!text) return;
  auto secret = resolve_secret(*text);
  if (!secret) return table.refuse(key, secret.error());
  out = *std::move(secret);
}

void read_request_log(const Table& table, Configuration& configuration) {
  const auto which = table.string("request_log");
  if (!which) return;
  if (*which == "off") {
    configuration.request_log = RequestLog::Off;
  } else if (*which == "errors") {
    configuration.request_log = RequestLog::Errors;
  } else if (*which == "all") {
    configuration.request_log = RequestLog::All;
  } else {
    table.refuse("request_log", "must be \"off\", \"errors\" or \"all\"");
  }
}

void read_store(const Table& table, Configuration& configuration) {
  BackupPlan& plan = configuration.backups;
  read_text(table, "backup_to", plan.folder);
  if (const auto hours = table.integer("backup_every_h", 1, 8'784)) plan.every = std::chrono::hours{*hours};
  read_count(table, "backup_keep", plan.keep, 1, 10'000);
}

void read_webhooks(const Table& table, WebhookConfiguration& webhooks) {
  read_count(table, "attempts", webhooks.retries.attempts, 1, 1'000);
  if (const auto pause = table.integer("first_pause_ms", 10, 3'600'000)) {
    webhooks.retries.first_pause = std::chrono::milliseconds{*pause};
  }
  if (const auto hours = table.integer("disable_after_h", 1, 8'784)) {
    webhooks.retries.disable_after = std::chrono::hours{*hours};
  }
  if (const auto timeout = table.integer("timeout_ms", 100, 600'000)) {
    webhooks.sending.timeout = std::chrono::milliseconds{*timeout};
  }
  read_count(table, "in_flight", webhooks.in_flight, 1, 10'000);
  read_count(table, "per_endpoint", webhooks.per_endpoint, 1, 1'000);
  if (const auto allowed = table.boolean("allow_private")) webhooks.sending.allow_private = *allowed;
}

void read_observe(const Table& table, Configuration& configuration) {
  if (const auto level = table.string("log_level")) {
    if (*level == "debug") {
      configuration.log_level = log::Level::Debug;
    } else if (*level == "info") {
      configuration.log_level = log::Level::Info;
    } else if (*level == "warning") {
      configuration.log_level = log::Level::Warning;
    } else if (*level == "error") {
      configuration.log_level = log::Level::Error;
    } else {
      table.refuse("log_level", "must be \"debug\", \"info\", \"warning\" or \"error\"");
    }
  }
  if (const auto format = table.string("log_format")) {
    if (*format != "text" && *format != "json") table.refuse("log_format", "must be \"text\" or \"json\"");
    configuration.log_format = *format == "json" ? log::Format::Json : log::Format::Text;
  }
  read_request_log(table, configuration);
  if (const auto metrics = table.boolean("metrics")) configuration.metrics = *metrics;
  read_listen(table, "metrics_listen", configuration.metrics_listen);
  read_secret(table, "metrics_token", configuration.metrics_token);
}

void read_credentials(const Table& table, carriers::CarrierSettings& settings) {
  const auto credentials = table.table("credentials");
  if (!credentials) return;
  for (const auto& [name, value] : credentials->entries()) {
    const auto text = value.string();
    if (!text) continue;
    auto secret = resolve_secret(*text);
    if (secret) {
      settings.credentials[std::string(name)] = *std::move(secret);
      const bool named = text->starts_with("env:") || text->starts_with("file:");
      settings.credential_sources[std::string(name)] =
          (named ? std::string(*text) + " in the configuration" : std::string(kWrittenInConfiguration));
    } else {
      value.refuse(secret.error());
    }
  }
}

void read_carriers(const Table& table, Configuration& configuration) {
  for (const auto& [name, value] : table.entries()) {
    const auto section = value.table();
    if (!section) continue;
    carriers::CarrierSettings settings;
    read_text(*section, "format", settings.format);
    read_text(*section, "base_url", settings.base_url);
    if (const auto test_host = section->boolean("test_host")) settings.test_host = *test_host;
    if (!settings.base_url.empty() && !settings.base_url.starts_with("http://") &&
        !settings.base_url.starts_with("https://")) {
      section->refuse("base_url", "must begin with http:// or https://");
    }
    while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
    settings.per_second = section->number("per_second");
    if (settings.per_second && !carriers::is_pace(*settings.per_second)) {
      section->refuse("per_second", "must be 0.0001 to 10000");
    }
    settings.per_hour = section->integer("per_hour", 1, 1'000'000'000);
    settings.per_day = section->integer("per_day", 1, 1'000'000'000);
    settings.concurrency = section->integer("concurrency", 1, 10'000);
    read_credentials(*section, settings);
    configuration.carriers[std::string(name)] = std::move(settings);
  }
}

}  // namespace

Result<std::string, std::string> resolve_secret(std::string_view text) {
  if (text.starts_with("env:")) {
    const std::string name(text.substr(4));
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return fail("the environment has no variable " + name);
    return std::string(value);
  }
  if (text.starts_with("file:")) {
    const std::string path(text.substr(5));
    std::ifstream file(path);
    if (!file) return fail("cannot read the file " + path);
    std::stringstream content;
    content << file.rdbuf();
    return std::string(ascii::trimmed(content.str()));
  }
  return std::string(text);
}

Result<ListenAddress, std::string> parse_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  const std::string mistake =
      "'" + std::string(text) + "' is no address to listen on; write HOST:PORT, e.g. 127.0.0.1:8080";
  if (colon == std::string_view::npos) return fail(mistake);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  ListenAddress address{.host = std::string(host), .port = 0};
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size()) return fail(mistake);
  return address;
}

unsigned connections_per_address(const Configuration& configuration, const ListenAddress& listener) {
  if (configuration.connections_per_address) return *configuration.connections_per_address;
  const std::string& host = listener.host;
  const bool is_loopback = host.starts_with("127.") || host == "::1" || host == "localhost";
  return is_loopback ? 0 : std::max(1U, configuration.http_limits.connections / 10);
}

Result<Configuration, std::vector<std::string>> parse_configuration(std::string_view text, const std::string& file) {
  auto document = wire::toml::Document::parse(text, file);
  if (!document) return fail(std::vector<std::string>{wire::toml::to_string(document.error())});
  Configuration configuration;
  const Table root = document->root();
  if (const auto table = root.table("server")) read_server(*table, configuration);
  if (const auto table = root.table("dialects")) read_dialects(*table, configuration.dialects);
  if (const auto table = root.table("limits")) read_limits(*table, configuration);
  if (const auto table = root.table("polling")) {
    read_count(*table, "asks_in_flight", configuration.asks_in_flight, 1, 100'000);
    read_text(*table, "connectors", configuration.connectors);
  }
  if (const auto table = root.table("aircargo")) {
    read_duration(*table, "keep_s", configuration.waybill_freshness.known, 30 * 86'400);
    read_duration(*table, "keep_unknown_s", configuration.waybill_freshness.unknown, 30 * 86'400);
  }
  if (const auto table = root.table("webhooks")) read_webhooks(*table, configuration.webhooks);
  if (const auto table = root.table("carriers")) read_carriers(*table, configuration);
  if (const auto table = root.table("store")) read_store(*table, configuration);
  if (const auto table = root.table("observe")) read_observe(*table, configuration);
  document->refuse_unread_keys();
  const auto problems = document->problems();
  if (problems.empty()) return configuration;
  std::vector<std::string> lines;
  for (const auto& problem : problems) lines.push_back(wire::toml::to_string(problem));
  return fail(std::move(lines));
}

Result<Configuration, std::vector<std::string>> load_configuration(const std::string& file) {
  std::ifstream stream(file);
  std::error_code error;
  if (!stream || std::filesystem::is_directory(file, error))
    return fail(std::vector<std::string>{"cannot read the configuration file " + file});
  std::stringstream text;
  text << stream.rdbuf();
  return parse_configuration(text.str(), file);
}

}  // namespace parcelwake::server
