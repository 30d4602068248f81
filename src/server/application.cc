#include "server/application.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "api/common/meta.h"
#include "api/common/services.h"
#include "api/front.h"
#include "api/webhooks.h"
#include "base/observe/log.h"
#include "carriers/catalogue/embedded_catalogue.h"
#include "notify/webhook/http_webhook_sender.h"
#include "server/backup_schedule.h"
#include "server/carrier_gateway.h"
#include "server/certificate_watch.h"
#include "server/credential_follower.h"
#include "server/data_directory.h"
#include "server/kept_plans.h"
#include "server/metrics_endpoint.h"
#include "server/notifier.h"
#include "server/observation.h"
#include "server/poller.h"
#include "server/reader_pool.h"
#include "server/remote_areas.h"
#include "server/settlement.h"
#include "server/stop_signals.h"
#include "server/system.h"
#include "server/ticker.h"
#include "server/write_lane.h"
#include "store/sqlite/sqlite_account_store.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_tracking_store.h"
#include "wire/http/server/server.h"

namespace parcelwake::server {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kKeyRefresh{400};
constexpr milliseconds kCheckpointPause{200};

constexpr milliseconds kCertificateLook{2000};

// What endpoints have not answered by then is sent again after the next start.
constexpr milliseconds kWebhookGrace{3000};

// Waiting trackings are woken when this is another than at the last start.
std::string reachable_carriers(const ports::CarrierCatalogue& catalogue, const ports::CarrierGateway& gateway) {
  std::string text;
  for (const domain::Carrier& carrier : catalogue.all()) {
    if (gateway.reachability(carrier.code).can_ask) text.append(carrier.code.text()).push_back('\n');
  }
  return text;
}

// That answer HTTP on each listener.
unsigned http_threads(const Configuration& configuration) {
  return configuration.threads > 0 ? configuration.threads : std::max(1U, std::thread::hardware_concurrency());
}

std::size_t written_bytes_of_a_thread(const Configuration& configuration) {
  const unsigned listeners = (configuration.listen.empty() ? 0U : 1U) + (configuration.tls_listen.empty() ? 0U : 1U);
  return configuration.row_cache / (http_threads(configuration) * std::max(1U, listeners));
}

store::SqliteOptions serving_database(const DataDirectory& directory) {
  store::SqliteOptions options = directory.database();
  options.kept_views = std::make_shared<store::KeptViews>();
  return options;
}

}  // namespace

// In the order in which they depend on each other; destroyed from the last to the first.
struct Application::Parts {
  Parts(DataDirectory data_directory, DataDirectory::ServeLock serve_lock, std::size_t written_bytes)
      : directory(std::move(data_directory)),
        lock(std::move(serve_lock)),
        database(serving_database(directory)),
        readers(database, written_bytes) {}

  DataDirectory directory;
  DataDirectory::ServeLock lock;
  const store::SqliteOptions database;
  SystemClock clock;
  SystemRandom random;
  app::TrackingAsks tracking_asks{clock};
  app::WaybillAsks waybill_asks{clock};
  std::unique_ptr<ports::CarrierCatalogue> catalogue;
  std::unique_ptr<carriers::ConnectorGateway> gateway;
  std::unique_ptr<CredentialFollower> credentials;
  ReaderPool readers;
  std::unique_ptr<WriteLane> lane;
  std::unique_ptr<app::KeyDirectory> keys;
  std::unique_ptr<app::RateLimits> rates;
  wire::http::TrustedProxies trusted_proxies;
  std::unique_ptr<Settlement> settlement;
  std::unique_ptr<store::SqliteCheckpointer> checkpointer;
  std::unique_ptr<StoreObserver> store_observer;
  std::unique_ptr<Observation> observation;
  std::unique_ptr<Ticker> checkpoints;
  std::unique_ptr<Ticker> key_refresh;
  std::unique_ptr<Poller> poller;
  std::unique_ptr<api::Webhooks> webhooks;
  std::unique_ptr<notify::HttpWebhookSender> webhook_sender;
  std::unique_ptr<Notifier> notifier;
  std::unique_ptr<BackupSchedule> backup_schedule;
  std::unique_ptr<Ticker> backups;
  std::unique_ptr<api::Services> services;
  std::unique_ptr<api::Front> front;
  std::unique_ptr<wire::http::Server> plain;
  std::unique_ptr<wire::http::Server> tls;
  std::unique_ptr<CertificateWatch> certificate_watch;
  std::unique_ptr<Ticker> certificate_looks;
  std::unique_ptr<MetricsEndpoint> metrics;
  std::unique_ptr<wire::http::Server> metrics_alone;  // on an address of its own
  std::chrono::milliseconds drain_grace{};
  std::string addresses;
  std::atomic<bool> will_stop{false};
  bool stopped = false;

  Result<void, std::string> open_store(const Configuration& configuration);
  void start_tickers(const Configuration& configuration);
  void start_notifier(const Configuration& configuration);
  void start_backups(const Configuration& configuration);
  void watch_certificate(const Configuration& configuration);
  api::Health readiness();
  void pass_checkpoint();
  void offer_metrics(const Configuration& configuration);
  void wake_newly_reachable();
  Result<void, std::string> listen(const Configuration& configuration);
  Result<std::unique_ptr<wire::http::Server>, std::string> listen_on(const std::string& address,
                                                                     const Configuration& configuration, bool with_tls);
  Result<void, std::string> listen_for_metrics(const Configuration& configuration);
};

Result<void, std::string> Application::Parts::open_store(const Configuration& configuration) {
  if (const auto prepared = directory.prepare_database(); !prepared) return prepared;
  if (const auto installed = install_built_in_remote_areas(directory, clock); !installed) {
    log::warning("remote-areas", "{}", installed.error());
  }
  auto store = store::SqliteTrackingStore::open(database);
  if (!store) return fail(store.error().detail);
  auto accounts = store::SqliteAccountStore::open(database);
  if (!accounts) return fail(accounts.error().detail);
  auto opened = store::SqliteCheckpointer::open(database);
  if (!opened) return fail(opened.error().detail);
  checkpointer = *std::move(opened);
  auto survey = store::SqliteSurvey::open(database);
  if (!survey) return fail(survey.error().detail);
  store_observer = std::make_unique<StoreObserver>(*std::move(survey), database.path);
  keys = std::make_unique<app::KeyDirectory>(*std::move(accounts), configuration.plans);
  if (!keys->refresh()) return fail("cannot read the accounts in " + directory.path());
  const app::WriteContext context{
      .catalogue = *catalogue, .gateway = *gateway, .random = random, .retries = configuration.webhooks.retries};
  lane = std::make_unique<WriteLane>(*std::move(store), context, clock, configuration.write_queue);
  return {};
}

void Application::Parts::start_tickers(const Configuration& configuration) {
  checkpoints = std::make_unique<Ticker>([this] {
    pass_checkpoint();
    return kCheckpointPause;
  });
  settlement = std::make_unique<Settlement>(*keys, *lane);
  key_refresh = std::make_unique<Ticker>([this] {
    static log::Throttle throttle;
    if (const auto refreshed = keys->refresh(); !refreshed)
      log::throttled(throttle, log::Level::Warning, "accounts", "the keys could not be read again");
    settlement->run_once(clock.now());
    return kKeyRefresh;
  });
  start_notifier(configuration);
  lane->on_answered([this] { notifier->nudge(); });
  poller = std::make_unique<Poller>(*lane, *gateway, tracking_asks, configuration.asks_in_flight);
  lane->on_registered([this] { poller->nudge(); });
  wake_newly_reachable();
  credentials->follow(*gateway, [this] { wake_newly_reachable(); });
}

void Application::Parts::start_notifier(const Configuration& configuration) {
  const WebhookConfiguration& settings = configuration.webhooks;
  webhooks = std::make_unique<api::Webhooks>(*catalogue, configuration.dialects);
  webhook_sender = std::make_unique<notify::HttpWebhookSender>(settings.sending);
  webhook_sender->start();
  notifier = std::make_unique<Notifier>(
      *lane, *webhook_sender, *webhooks, [this](domain::AccountId id) { return keys->account(id); }, clock,
      Notifier::Settings{.most_in_flight = settings.in_flight,
                         .per_endpoint = settings.per_endpoint,
                         .lease = 2 * settings.sending.timeout + std::chrono::seconds{5}});
}

// Wakes waiting trackings where other carriers can be asked than at the last look.
void Application::Parts::wake_newly_reachable() {
  const std::string reachable = reachable_carriers(*catalogue, *gateway);
  if (reachable == directory.note(kReachableCarriersNote)) return;
  lane->submit(app::WakeWaiting{}, [this, reachable](const auto& outcome) {
    if (!outcome) return;
    directory.keep_note(kReachableCarriersNote, reachable);
    poller->nudge();
  });
}

void Application::Parts::start_backups(const Configuration& configuration) {
  if (configuration.backups.folder.empty()) return;
  backup_schedule = std::make_unique<BackupSchedule>(configuration.backups, database, clock);
  backups = std::make_unique<Ticker>([this] { return backup_schedule->pass(); });
}

void Application::Parts::watch_certificate(const Configuration& configuration) {
  if (!tls) return;
  certificate_watch = std::make_unique<CertificateWatch>(
      std::vector<std::string>{configuration.tls_cert, configuration.tls_key}, [this] { return tls->reload_tls(); });
  certificate_looks = std::make_unique<Ticker>([this] {
    certificate_watch->look();
    return kCertificateLook;
  });
}

api::Health Application::Parts::readiness() {
  if (will_stop) return api::Health::Draining;
  const bool can_read = readers.of_this_thread().load(std::span<const domain::TrackingId>{}).ok();
  return can_read ? api::Health::Ok : api::Health::Unavailable;
}

void Application::Parts::pass_checkpoint() {
  const auto begun = std::chrono::steady_clock::now();
  checkpointer->run_once();
  store_observer->note_checkpoint(std::chrono::steady_clock::now() - begun, checkpointer->log_bytes());
}

void Application::Parts::offer_metrics(const Configuration& configuration) {
  if (!configuration.metrics) return;
  const bool alone = !configuration.metrics_listen.empty();
  metrics = std::make_unique<MetricsEndpoint>(MetricsAccess{.token = configuration.metrics_token, .from_afar = alone},
                                              [this] {
                                                return observation->page({.lane = *lane,
                                                                          .poller = *poller,
                                                                          .notifier = *notifier,
                                                                          .keys = *keys,
                                                                          .gateway = *gateway,
                                                                          .store = *store_observer,
                                                                          .clock = clock});
                                              });
  if (!alone) front->serve_metrics([this](const wire::http::Request& request) { return metrics->answer(request); });
}

Result<void, std::string> Application::Parts::listen_for_metrics(const Configuration& configuration) {
  if (!metrics || configuration.metrics_listen.empty()) return {};
  const auto parsed = parse_listen_address(configuration.metrics_listen);
  if (!parsed) return fail(parsed.error());
  wire::http::ServerOptions options;
  options.host = parsed->host;
  options.port = parsed->port;
  options.error_page = [](int status, std::string_view) { return api::http_error_page(status); };
  auto started = wire::http::Server::start(
      std::move(options), [this](const wire::http::Request& request, wire::http::Reply reply) {
        std::move(reply).send(request.path == "/metrics" ? metrics->answer(request) : api::http_error_page(404));
      });
  if (!started) return fail(started.error());
  metrics_alone = *std::move(started);
  log::info("metrics", "at http://{}:{}/metrics", parsed->host, metrics_alone->port());
  return {};
}

Result<std::unique_ptr<wire::http::Server>, std::string> Application::Parts::listen_on(
    const std::string& address, const Configuration& configuration, bool with_tls) {
  const auto parsed = parse_listen_address(address);
  if (!parsed) return fail(parsed.error());
  wire::http::ServerOptions options;
  options.host = parsed->host;
  options.port = parsed->port;
  options.threads = http_threads(configuration);
  options.limits = configuration.http_limits;
  options.limits.connections_per_address = connections_per_address(configuration, *parsed);
  if (with_tls) {
    options.tls_certificate_file = configuration.tls_cert;
    options.tls_key_file = configuration.tls_key;
  }
  options.error_page = [this](int status, std::string_view path) { return front->error_page(status, path); };
  options.observe = [this](const wire::http::Observed& observed) { observation->note(observed); };
  options.request_id_seed = random.bits() | 1;
  auto started = wire::http::Server::start(std::move(options),
                                           [this](const wire::http::Request& request, wire::http::Reply reply) {
                                             front->answer(request, std::move(reply));
                                           });
  if (!started) return started;
  const std::string host = parsed->host.find(':') == std::string::npos ? parsed->host : "[" + parsed->host + "]";
  if (!addresses.empty()) addresses += " and ";
  addresses += (with_tls ? "https://" : "http://") + (host.empty() ? "0.0.0.0" : host) + ":" +
               std::to_string((*started)->port());
  return started;
}

Result<void, std::string> Application::Parts::listen(const Configuration& configuration) {
  if (configuration.listen.empty() && configuration.tls_listen.empty()) {
    return fail("there is nothing to listen on: set [server] listen or tls_listen");
  }
  if (!configuration.tls_listen.empty() && (configuration.tls_cert.empty() || configuration.tls_key.empty())) {
    return fail("HTTPS needs a certificate and its key: set tls_cert and tls_key");
  }
  const auto open = [&](std::unique_ptr<wire::http::Server>& server, const std::string& address, bool with_tls) {
    if (address.empty()) return Result<void, std::string>{};
    auto started = listen_on(address, configuration, with_tls);
    if (!started) return Result<void, std::string>(fail(started.error()));
    server = *std::move(started);
    return Result<void, std::string>{};
  };
  if (auto opened = open(plain, configuration.listen, false); !opened) return opened;
  if (auto opened = open(tls, configuration.tls_listen, true); !opened) return opened;
  return listen_for_metrics(configuration);
}

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Application::~Application() { stop(); }

const std::string& Application::addresses() const { return parts_->addresses; }

Result<std::unique_ptr<Application>, std::string> Application::start(const Configuration& configuration,
                                                                     const std::string& data_directory) {
  auto directory = DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  auto lock = directory->lock_for_serving();
  if (!lock) return fail(lock.error());
  // From here on the destructor undoes whatever was begun.
  std::unique_ptr<Application> application(new Application(
      std::make_unique<Parts>(*std::move(directory), *std::move(lock), written_bytes_of_a_thread(configuration))));
  Parts& parts = *application->parts_;
  parts.drain_grace = configuration.drain_grace;
  parts.catalogue = carriers::load_embedded_catalogue();
  parts.credentials =
      std::make_unique<CredentialFollower>(CredentialVault::of(parts.directory.path()), configuration.carriers);
  Configuration with_credentials = configuration;
  with_credentials.carriers = parts.credentials->settings();
  parts.gateway = start_carrier_gateway(with_credentials, parts.clock, parts.random);
  if (const auto opened = parts.open_store(configuration); !opened) return fail(opened.error());
  if (const auto kept = keep_plans(parts.directory.path(), configuration.plans); !kept) return fail(kept.error());
  parts.rates = std::make_unique<app::RateLimits>(configuration.rates);
  parts.trusted_proxies = configuration.trusted_proxies;
  parts.services = std::make_unique<api::Services>(api::Services{.catalogue = *parts.catalogue,
                                                                 .gateway = *parts.gateway,
                                                                 .airlines = *parts.gateway,
                                                                 .clock = parts.clock,
                                                                 .readers = parts.readers,
                                                                 .writes = *parts.lane,
                                                                 .tracking_asks = parts.tracking_asks,
                                                                 .waybill_asks = parts.waybill_asks,
                                                                 .keys = *parts.keys,
                                                                 .rates = *parts.rates,
                                                                 .proxies = parts.trusted_proxies,
                                                                 .waybill_freshness = configuration.waybill_freshness,
                                                                 .support = configuration.support});
  parts.front =
      std::make_unique<api::Front>(*parts.services, configuration.dialects, [&parts] { return parts.readiness(); });
  parts.start_tickers(configuration);
  parts.observation = std::make_unique<Observation>(configuration.request_log);
  parts.offer_metrics(configuration);
  if (const auto listening = parts.listen(configuration); !listening) return fail(listening.error());
  parts.watch_certificate(configuration);
  parts.start_backups(configuration);
  return application;
}

void Application::reload_certificate() {
  if (!parts_->tls) return;
  if (const auto reloaded = parts_->tls->reload_tls(); !reloaded) {
    log::error("tls", "the certificate stays as it was: {}", reloaded.error());
  } else {
    log::info("tls", "certificate read again");
  }
}

void Application::announce_stop() { parts_->will_stop = true; }

void Application::stop() {
  if (std::exchange(parts_->stopped, true)) return;
  parts_->will_stop = true;
  if (parts_->backup_schedule) parts_->backup_schedule->stop();
  if (parts_->certificate_looks) parts_->certificate_looks->stop();
  // First nobody new comes in and what is under way is answered; then those that do work of their own end.
  // Both servers at once, or the second would let people in while the first waits.
  std::vector<std::thread> drains;
  for (wire::http::Server* server : {parts_->plain.get(), parts_->tls.get()}) {
    if (server != nullptr) drains.emplace_back([this, server] { server->drain(parts_->drain_grace); });
  }
  for (std::thread& drain : drains) drain.join();
  if (parts_->metrics_alone) parts_->metrics_alone->drain(parts_->drain_grace);
  if (parts_->backups) parts_->backups->stop();
  if (parts_->credentials) parts_->credentials->stop();
  if (parts_->poller) parts_->poller->stop();
  if (parts_->gateway) parts_->gateway->stop();
  if (parts_->notifier) parts_->notifier->stop(std::min(parts_->drain_grace, kWebhookGrace));
  if (parts_->webhook_sender) parts_->webhook_sender->stop();
  if (parts_->key_refresh) parts_->key_refresh->stop();
  if (parts_->lane) parts_->lane->stop();
  if (parts_->checkpoints) parts_->checkpoints->stop();
}

Result<void, std::string> serve(const Configuration& configuration, const std::string& data_directory,
                                const std::function<void(const std::string&)>& ready) {
  log::configure(configuration.log_level, configuration.log_format);
  StopSignals signals;
  raise_open_files_limit();
  auto application = Application::start(configuration, data_directory);
  if (!application) return fail(application.error());
  ready((*application)->addresses());
  while (!signals.wait_for_stop()) (*application)->reload_certificate();
  (*application)->announce_stop();
  signals.wait_for_stop(configuration.drain_delay);
  (*application)->stop();
  return {};
}

}  // namespace parcelwake::server
