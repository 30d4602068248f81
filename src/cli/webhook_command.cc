#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "api/webhooks.h"
#include "app/notifications/change_endpoints.h"
#include "carriers/catalogue/embedded_catalogue.h"
#include "cli/commands.h"
#include "cli/store_access.h"
#include "notify/webhook/http_webhook_sender.h"
#include "server/configuration.h"
#include "server/system.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

using domain::Endpoint;

struct WebhookOptions {
  std::string data = kDefaultDataDirectory;
  std::string config;
  std::int64_t account = 0;
  std::int64_t endpoint = 0;
  std::string url;
  std::string dialect = "trackingmore-v2";
  std::vector<std::string> statuses;
  bool json = false;
};

std::string_view state_of(const Endpoint& endpoint) {
  switch (endpoint.disabled) {
    case domain::Disabled::No:
      return "enabled";
    case domain::Disabled::Gone:
      return "disabled: it answered 410";
    case domain::Disabled::Failing:
      return "disabled: it failed for too long";
  }
  return "disabled";
}

Result<domain::StatusSet, std::string> read_statuses(const std::vector<std::string>& names) {
  domain::StatusSet statuses;
  for (const std::string& name : names) {
    const auto status = domain::parse_status(name);
    if (!status) {
      return fail("'" + name +
                  "' is no status; write some of notfound, transit, pickup, delivered, undelivered, exception and "
                  "expired with commas");
    }
    statuses.insert(*status);
  }
  return statuses;
}

std::vector<std::string_view> names_of(domain::StatusSet statuses) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < domain::kStatusCount; ++i) {
    const auto status = static_cast<domain::Status>(i);
    if (statuses.contains(status)) names.push_back(domain::name_of(status));
  }
  return names;
}

int add(const WebhookOptions& options) {
  const auto statuses = read_statuses(options.statuses);
  if (!statuses) return refuse(statuses.error());
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  auto trackings = open_trackings(options.data);
  if (!trackings) return refuse(trackings.error());
  server::SystemClock clock;
  server::SystemRandom random;
  const app::NewEndpoint wanted{
      .account = {options.account}, .url = options.url, .dialect = options.dialect, .statuses = *statuses};
  const auto added = app::add_endpoint(wanted, **trackings, **accounts, random, clock.now());
  if (!added) return refuse(std::string(app::describe(added.error())));
  const std::string secret = domain::to_string(added->secret);
  if (options.json) {
    std::string line;
    wire::json::Writer writer(line);
    writer.begin_object().field("endpoint_id", added->id.value).field("account_id", added->account.value);
    writer.field("secret", secret).end_object();
    std::cout << line << '\n';
  } else {
    std::cout << fmt::format("endpoint {} of account {}\nsecret {}\nit is told of what changes from now on\n",
                             added->id.value, added->account.value, secret);
  }
  return kDone;
}

void print_json(const Endpoint& endpoint, std::int64_t pending) {
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object().field("endpoint_id", endpoint.id.value).field("account_id", endpoint.account.value);
  writer.field("url", endpoint.url).field("dialect", endpoint.dialect).key("statuses").begin_array();
  for (const std::string_view name : names_of(endpoint.statuses)) writer.string(name);
  writer.end_array().field("enabled", endpoint.enabled()).field("state", state_of(endpoint));
  writer.field("created_at", to_iso(endpoint.created_at, UtcOffset{})).key("failing_since");
  endpoint.failing_since ? writer.string(to_iso(*endpoint.failing_since, UtcOffset{})) : writer.null();
  writer.key("last_tried");
  endpoint.last_tried ? writer.string(to_iso(*endpoint.last_tried, UtcOffset{})) : writer.null();
  writer.field_or_null("last_outcome", endpoint.last_outcome).field("pending", pending).end_object();
  std::cout << line << '\n';
}

void print_text(const Endpoint& endpoint, std::int64_t pending) {
  const auto names = names_of(endpoint.statuses);
  const std::string last = endpoint.last_tried ? fmt::format("\tlast {}: {}", to_iso(*endpoint.last_tried, UtcOffset{}),
                                                             endpoint.last_outcome)
                                               : std::string{};
  std::cout << fmt::format("{}\taccount {}\t{}\t{}\t{}\t{}\t{} pending{}\n", endpoint.id.value, endpoint.account.value,
                           endpoint.dialect, endpoint.url,
                           names.empty() ? "all statuses" : fmt::format("{}", fmt::join(names, ",")),
                           state_of(endpoint), pending, last);
}

int list(const WebhookOptions& options) {
  auto trackings = open_trackings(options.data);
  if (!trackings) return refuse(trackings.error());
  ports::NotificationStore& store = (*trackings)->notifications();
  const auto endpoints = store.endpoints();
  if (!endpoints) return refuse("the endpoints could not be read");
  for (const Endpoint& endpoint : *endpoints) {
    if (options.account != 0 && endpoint.account.value != options.account) continue;
    const auto pending = store.pending(endpoint.id);
    if (!pending) return refuse("the deliveries could not be read");
    options.json ? print_json(endpoint, *pending) : print_text(endpoint, *pending);
  }
  return kDone;
}

int remove(const WebhookOptions& options) {
  auto trackings = open_trackings(options.data);
  if (!trackings) return refuse(trackings.error());
  const auto removed = app::remove_endpoint({options.endpoint}, **trackings);
  if (!removed) return refuse(std::string(app::describe(removed.error())));
  std::cout << "endpoint " << options.endpoint << " is removed, with all that was on its way to it\n";
  return kDone;
}

int enable(const WebhookOptions& options) {
  auto trackings = open_trackings(options.data);
  if (!trackings) return refuse(trackings.error());
  const auto enabled = app::enable_endpoint({options.endpoint}, **trackings);
  if (!enabled) return refuse(std::string(app::describe(enabled.error())));
  std::cout << "endpoint " << options.endpoint << " is told of what changes from now on\n";
  return kDone;
}

// A parcel that there is not, in transit.
domain::Notice sample_notice(const Endpoint& endpoint, Timestamp now) {
  domain::Notice notice{.tracking = {}, .changed_at = now, .sequence = 1};
  domain::Tracking& tracking = notice.tracking;
  tracking.account = endpoint.account;
  tracking.number = domain::TrackingNumber::trusted("SBXTRANSIT-TEST");
  tracking.id = domain::TrackingId::make(domain::bucket_of(tracking.account, tracking.number.folded()), now, 0);
  tracking.carrier = domain::CarrierCode::trusted("sandbox");
  tracking.origin.carrier = tracking.carrier;
  tracking.created_at = now;
  tracking.updated_at = now;
  tracking.computed_status = domain::Status::Transit;
  tracking.computed_substatus = domain::Substatus::InTransit;
  return notice;
}

ports::WebhookOutcome send_now(ports::WebhookMessage message, const notify::WebhookSettings& settings) {
  notify::HttpWebhookSender sender(settings);
  sender.start();
  std::promise<ports::WebhookOutcome> outcome;
  sender.send({std::move(message)}, [&](std::size_t, ports::WebhookOutcome got) { outcome.set_value(std::move(got)); });
  auto got = outcome.get_future().get();
  sender.stop();
  return got;
}

std::string advice_for(const ports::WebhookFailure& failure) {
  if (failure.error != ports::WebhookError::Forbidden) return failure.detail;
  return failure.detail + "; [webhooks] allow_private = true allows that";
}

int test(const WebhookOptions& options) {
  server::Configuration configuration;
  if (!options.config.empty()) {
    auto loaded = server::load_configuration(options.config);
    if (!loaded) return refuse(loaded.error().front());
    configuration = *std::move(loaded);
  }
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  auto trackings = open_trackings(options.data);
  if (!trackings) return refuse(trackings.error());
  const auto endpoint = app::find_endpoint({options.endpoint}, **trackings);
  if (!endpoint) return refuse(std::string(app::describe(endpoint.error())));
  const auto account = find_account(**accounts, std::to_string(endpoint->account.value));
  if (!account) return refuse(account.error());
  server::SystemClock clock;
  const Timestamp now = clock.now();
  const domain::Notice notice = sample_notice(*endpoint, now);
  const auto catalogue = carriers::load_embedded_catalogue();
  auto content = api::Webhooks(*catalogue, configuration.dialects).render(notice, *endpoint, *account, now);
  if (!content) return refuse("there is no dialect '" + endpoint->dialect + "'");
  const auto outcome = send_now({.url = endpoint->url,
                                 .name = domain::name_of(notice),
                                 .secret = endpoint->secret,
                                 .sent_at = now,
                                 .content = *std::move(content)},
                                configuration.webhooks.sending);
  if (!outcome) return refuse("the endpoint did not take the sample: " + advice_for(outcome.error()));
  std::cout << "the endpoint took the sample: " << *outcome << '\n';
  return kDone;
}

}  // namespace

void add_webhook_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<WebhookOptions>();
  const Command command = program.subcommand("webhook", "Where accounts are told of changes, also of a running server");
  command.needs_subcommand();
  const auto add_part = [&](const char* name, const char* about, int (*deed)(const WebhookOptions&)) {
    const Command part = command.subcommand(name, about);
    part.option("--data", options->data, "Data directory").shows_default();
    part.does([options, deed, &exit_code] { exit_code = deed(*options); });
    return part;
  };
  const auto of_endpoint = [&](const Command& part) {
    part.option("endpoint", options->endpoint, "Endpoint id, from 'webhook list'").required();
    return part;
  };
  const Command adding = add_part("add", "Add an endpoint; its secret is shown once", add);
  adding.option("--account", options->account, "Account id").required();
  adding.option("--url", options->url, "Where changes are posted to: http or https").required();
  const auto dialects = api::webhook_dialects();
  adding.option("--dialect", options->dialect, "In whose words")
      .one_of(std::vector<std::string>(dialects.begin(), dialects.end()))
      .shows_default();
  adding.option("--statuses", options->statuses, "Only changes to these: delivered,exception").separated_by_commas();
  adding.flag("--json", options->json, "Print JSON");
  const Command listing = add_part("list", "List endpoints and how they do", list);
  listing.option("--account", options->account, "Account id");
  listing.flag("--json", options->json, "Print JSON");
  of_endpoint(add_part("remove", "Remove an endpoint, with all that is on its way to it", remove));
  of_endpoint(add_part("enable", "Enable an endpoint again", enable));
  of_endpoint(add_part("test", "Send a signed sample now, and tell what the endpoint answers", test))
      .option("--config", options->config, "Configuration file, for [webhooks] and [dialects]");
}

}  // namespace parcelwake::cli
