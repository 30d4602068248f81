#include <fmt/format.h>

#include <filesystem>

#include "cli/doctor/checks.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_notification_store.h"

namespace parcelwake::cli {
namespace {

constexpr const char* kSubject = "webhooks";

void judge(const domain::Endpoint& endpoint, Findings& findings) {
  const std::string who = fmt::format("endpoint {} of account {}", endpoint.id.value, endpoint.account.value);
  if (!endpoint.enabled()) {
    findings.push_back({Grade::Warning, kSubject, who + " is disabled: " + endpoint.last_outcome,
                        fmt::format("'parcelwake webhook enable {0}' once it answers again, or 'webhook remove {0}'",
                                    endpoint.id.value)});
  } else if (endpoint.failing_since) {
    findings.push_back({Grade::Warning, kSubject,
                        fmt::format("{} has failed since {}: {}", who, to_iso(*endpoint.failing_since, UtcOffset{}),
                                    endpoint.last_outcome),
                        fmt::format("'parcelwake webhook test {}' tells what it answers", endpoint.id.value)});
  }
}

}  // namespace

Findings check_webhooks(const std::string& data_directory) {
  store::SqliteOptions options;
  options.path = data_directory + "/parcelwake.db";
  std::error_code error;
  if (!std::filesystem::exists(options.path, error)) return {};
  // What is wrong with a database that cannot be opened is told where that is looked at.
  const auto database = store::open_current(options, store::SqliteAccess::Read);
  if (!database) return {};
  const auto endpoints = store::SqliteNotificationStore(**database).endpoints();
  if (!endpoints) return {};
  Findings findings;
  for (const domain::Endpoint& endpoint : *endpoints) judge(endpoint, findings);
  if (findings.empty() && !endpoints->empty()) {
    findings.push_back({Grade::Ok, kSubject, fmt::format("{} endpoints, none of them failing", endpoints->size()), ""});
  }
  return findings;
}

}  // namespace parcelwake::cli
