#include "server/configuration.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace parcelwake::server {
namespace {

std::vector<std::string> problems(const std::string& toml) {
  const auto parsed = parse_configuration(toml, "x.toml");
  return parsed ? std::vector<std::string>{} : parsed.error();
}

void expect_equal(const Configuration& a, const Configuration& b) {
  EXPECT_EQ(a.listen, b.listen);
  EXPECT_EQ(a.tls_listen, b.tls_listen);
  EXPECT_EQ(a.tls_cert, b.tls_cert);
  EXPECT_EQ(a.tls_key, b.tls_key);
  EXPECT_EQ(a.threads, b.threads);
  EXPECT_EQ(a.write_queue, b.write_queue);
  EXPECT_EQ(a.drain_grace, b.drain_grace);
  EXPECT_EQ(a.http_limits.body, b.http_limits.body);
  EXPECT_EQ(a.http_limits.bodies, b.http_limits.bodies);
  EXPECT_EQ(a.http_limits.head, b.http_limits.head);
  EXPECT_EQ(a.http_limits.target, b.http_limits.target);
  EXPECT_EQ(a.http_limits.connections, b.http_limits.connections);
  EXPECT_EQ(a.connections_per_address, b.connections_per_address);
  EXPECT_EQ(a.drain_delay, b.drain_delay);
  EXPECT_EQ(a.backups.folder, b.backups.folder);
  EXPECT_EQ(a.backups.every, b.backups.every);
  EXPECT_EQ(a.backups.keep, b.backups.keep);
  EXPECT_EQ(a.http_limits.idle_timeout, b.http_limits.idle_timeout);
  EXPECT_EQ(a.http_limits.head_deadline, b.http_limits.head_deadline);
  EXPECT_EQ(a.http_limits.body_deadline, b.http_limits.body_deadline);
  EXPECT_EQ(a.http_limits.answer_deadline, b.http_limits.answer_deadline);
  ASSERT_EQ(a.dialects.size(), b.dialects.size());
  for (std::size_t i = 0; i < a.dialects.size(); ++i) EXPECT_EQ(a.dialects[i], b.dialects[i]);
  EXPECT_EQ(a.rates.per_second, b.rates.per_second);
  EXPECT_EQ(a.rates.factor, b.rates.factor);
  EXPECT_EQ(a.rates.block, b.rates.block);
  EXPECT_EQ(a.rates.scope, b.rates.scope);
  EXPECT_EQ(a.support, b.support);
  EXPECT_EQ(a.plans, b.plans);
  EXPECT_EQ(a.asks_in_flight, b.asks_in_flight);
  EXPECT_EQ(a.webhooks, b.webhooks);
  EXPECT_EQ(a.carriers.size(), b.carriers.size());
  EXPECT_EQ(a.connectors, b.connectors);
  EXPECT_EQ(a.log_level, b.log_level);
  EXPECT_EQ(a.log_format, b.log_format);
  EXPECT_EQ(a.request_log, b.request_log);
  EXPECT_EQ(a.metrics, b.metrics);
  EXPECT_EQ(a.metrics_listen, b.metrics_listen);
  EXPECT_EQ(a.metrics_token, b.metrics_token);
}

TEST(Configuration, IsByDefaultWhatItsDocumentationSays) {
  const auto documented = load_configuration(std::string(PARCELWAKE_SOURCE_DIR) + "/docs/parcelwake.toml");
  ASSERT_TRUE(documented.ok()) << documented.error().front();
  expect_equal(*documented, Configuration{});
  expect_equal(*parse_configuration("", "x.toml"), Configuration{});
}

TEST(Configuration, EveryRefusalTellsItsPlace) {
  struct Row {
    std::string toml;
    std::string place;
  };
  const Row rows[] = {
      {"[server", "x.toml:1:"},
      {"[server]\nlisten = \"nowhere\"", "x.toml:2:"},
      {"[server]\nlisten = 8080", "x.toml:2:"},
      {"[server]\nthreads = -1", "x.toml:2:"},
      {"[server]\nthreads = 257", "x.toml:2:"},
      {"[server]\nmax_body = 1", "x.toml:2:"},
      {"[server]\ndrain_grace_s = 3601", "x.toml:2:"},
      {"[server]\ntls_listen = \":8443\"", "x.toml:2:"},
      {"[server]\ndrain_delay_s = -1", "x.toml:2:"},
      {"[server]\nmax_connections_per_address = -1", "x.toml:2:"},
      {"[store]\nbackup_to = 7", "x.toml:2:"},
      {"[store]\nbackup_every_h = 0", "x.toml:2:"},
      {"[store]\nbackup_keep = 0", "x.toml:2:"},
      {"[server]\n\nlisten_on = \"\"", "x.toml:3:"},
      {"[dialects]\nv1_default = \"trackingmore\"", "x.toml:2:"},
      {"[limits]\nlist_per_second = -0.5", "x.toml:2:"},
      {"[limits]\nlist_per_second = nan", "x.toml:2:"},
      {"[limits]\nrealtime_per_second = inf", "x.toml:2:"},
      {"[limits]\nfactor = -1", "x.toml:2:"},
      {"[limits]\nblock_s = -1", "x.toml:2:"},
      {"[limits]\nscope = \"planet\"", "x.toml:2:"},
      {"[limits.plans.unlimited]\nunits_per_month = 1", "x.toml:1:"},
      {"[limits.plans.pro]\nunits_per_month = -1", "x.toml:2:"},
      {"[limits.plans.pro]\ntrial_days = 7", "x.toml:2:"},
      {"[limits.plans.pro]\nfeatures = { telepathy = true }", "x.toml:2:"},
      {"[limits.plans.pro]\nfeatures = { realtime = 1 }", "x.toml:2:"},
      {"[limits.plans.pro]\nprice = 10", "x.toml:2:"},
      {"[server]\ntrusted_proxies = [\"10.0.0.0/33\"]", "x.toml:2:"},
      {"[server]\ntrusted_proxies = [\"localhost\"]", "x.toml:2:"},
      {"[polling]\nasks_in_flight = 0", "x.toml:2:"},
      {"[webhooks]\nattempts = 0", "x.toml:2:"},
      {"[webhooks]\nfirst_pause_ms = 9", "x.toml:2:"},
      {"[webhooks]\nper_endpoint = 0", "x.toml:2:"},
      {"[webhooks]\nallow_private = 1", "x.toml:2:"},
      {"[carriers.dhl]\nbase_url = \"ftp://x\"", "x.toml:2:"},
      {"[carriers.dhl]\nper_second = 0", "x.toml:2:"},
      {"[carriers.dhl]\nper_second = 1e-300", "x.toml:2:"},
      {"[carriers.dhl]\nper_second = inf", "x.toml:2:"},
      {"[carriers.dhl]\nper_day = 0", "x.toml:2:"},
      {"[carriers.dhl]\nconcurrency = 10001", "x.toml:2:"},
      {"[carriers.dhl]\ncredentials = { key = 1 }", "x.toml:2:"},
      {"[carriers.dhl]\ncredentials = { key = \"env:PARCELWAKE_TEST_UNSET\" }", "x.toml:2:"},
      {"[carriers.dhl]\ncredentials = { key = \"file:/nowhere/at/all\" }", "x.toml:2:"},
      {"[observe]\nlog_level = \"loud\"", "x.toml:2:"},
      {"[observe]\nlog_format = \"xml\"", "x.toml:2:"},
      {"[observe]\nrequest_log = \"some\"", "x.toml:2:"},
      {"[observe]\nmetrics = \"yes\"", "x.toml:2:"},
      {"[observe]\nmetrics_listen = \"9464\"", "x.toml:2:"},
      {"[observe]\nmetrics_token = \"env:PARCELWAKE_TEST_UNSET\"", "x.toml:2:"},
      {"[unknown]\na = 1", "x.toml:1:"},
  };
  for (const Row& row : rows) {
    const auto lines = problems(row.toml);
    ASSERT_EQ(lines.size(), 1U) << row.toml;
    EXPECT_TRUE(lines.front().starts_with(row.place)) << lines.front();
    const auto column_at = row.place.size();
    EXPECT_GT(std::atoi(lines.front().c_str() + column_at), 0) << lines.front();
  }
}

TEST(Configuration, PlansAreAddedToThoseThereAre) {
  const auto parsed = parse_configuration(
      "[limits.plans.free]\nunits_per_month = 50\n"
      "[limits.plans.trial]\nunits_per_month = 100\ntrial_days = 7\nfeatures = { realtime = false, detect = true }\n"
      "[limits.plans.dashboard]\napi = false\n",
      "x.toml");
  ASSERT_TRUE(parsed.ok()) << parsed.error().front();
  EXPECT_EQ(parsed->plans.size(), 4U);
  EXPECT_EQ(parsed->plans.at("unlimited"), domain::Plan{});
  EXPECT_EQ(parsed->plans.at("free").monthly, domain::Units::whole(50));
  const domain::Plan& trial = parsed->plans.at("trial");
  EXPECT_EQ(trial.trial, std::chrono::days{7});
  EXPECT_EQ(trial.features_off, domain::FeatureSet{domain::Feature::Realtime});
  EXPECT_FALSE(parsed->plans.at("dashboard").api);
  EXPECT_FALSE(parsed->plans.at("dashboard").monthly);
}

TEST(Configuration, TellsEverythingThatIsWrongAtOnce) {
  EXPECT_EQ(problems("[server]\nthreads = -1\nlisten = \"x\"\n[observe]\nlog_level = \"loud\"\n").size(), 3U);
}

TEST(Configuration, SecretsComeFromTheEnvironmentAndFromFiles) {
  ::setenv("PARCELWAKE_TEST_KEY", "from the environment", 1);
  const auto path = std::filesystem::path(::testing::TempDir()) / "parcelwake_test_secret";
  std::ofstream(path) << "  from a file\n";
  const auto parsed = parse_configuration(
      "[carriers.dhl]\ncredentials = { a = \"env:PARCELWAKE_TEST_KEY\", b = \"file:" + path.string() +
          "\", c = \"itself\" }\nbase_url = \"http://x/\"",
      "x.toml");
  std::filesystem::remove(path);
  ::unsetenv("PARCELWAKE_TEST_KEY");
  ASSERT_TRUE(parsed.ok()) << parsed.error().front();
  const auto& dhl = parsed->carriers.find("dhl")->second;
  EXPECT_EQ(dhl.credentials.find("a")->second, "from the environment");
  EXPECT_EQ(dhl.credentials.find("b")->second, "from a file");
  EXPECT_EQ(dhl.credentials.find("c")->second, "itself");
  EXPECT_EQ(dhl.base_url, "http://x");
}

TEST(Configuration, AFileThatCannotBeReadIsNotTakenForAnEmptyOne) {
  EXPECT_FALSE(load_configuration("/nowhere/at/all.toml").ok());
  EXPECT_FALSE(load_configuration("/").ok());
}

TEST(ConnectionsPerAddress, AreUnlimitedWhereOnlyThisMachineConnects) {
  Configuration configuration;
  configuration.http_limits.connections = 5'000;
  EXPECT_EQ(connections_per_address(configuration, {.host = "127.0.0.1"}), 0U);
  EXPECT_EQ(connections_per_address(configuration, {.host = "::1"}), 0U);
  EXPECT_EQ(connections_per_address(configuration, {.host = ""}), 500U);
  EXPECT_EQ(connections_per_address(configuration, {.host = "192.0.2.7"}), 500U);
  configuration.connections_per_address = 0;
  EXPECT_EQ(connections_per_address(configuration, {.host = ""}), 0U);
  configuration.connections_per_address = 3;
  EXPECT_EQ(connections_per_address(configuration, {.host = "127.0.0.1"}), 3U);
}

TEST(BackupNames, AreTimesInOrder) {
  const Timestamp time = from_unix_seconds(1'798'761'599);
  EXPECT_EQ(backup_name(time), "parcelwake-20261231T235959Z.db");
  EXPECT_EQ(time_of_backup_name(backup_name(time)), time);
  for (const char* other : {"", "parcelwake.db", "parcelwake-20261331T235959Z.db", "parcelwake-20261231T235959Z.dbx",
                            "parcelwake-20261231T235959Z.db.manifest", "parcelwake-20261231T236059Z.db"}) {
    EXPECT_FALSE(time_of_backup_name(other)) << other;
  }
}

TEST(ListenAddress, IsHostAndPort) {
  EXPECT_EQ(parse_listen_address("127.0.0.1:8080")->host, "127.0.0.1");
  EXPECT_EQ(parse_listen_address("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(parse_listen_address("[::1]:0")->host, "::1");
  EXPECT_EQ(parse_listen_address(":80")->host, "");
  for (const char* text : {"", "8080", "host", "host:", "host:80x", "host:65536", "host:-1"}) {
    EXPECT_FALSE(parse_listen_address(text).ok()) << text;
  }
}

}  // namespace
}  // namespace parcelwake::server
