#include "cli/store_access.h"

#include <charconv>

#include "server/data_directory.h"
#include "server/kept_plans.h"
#include "server/remote_areas.h"
#include "server/system.h"

namespace parcelwake::cli {
namespace {

// Makes the database ready, unless a server is at work on it: that has done so, or it is of an earlier version and must
// not find its tables changed. Opening then says so.
Result<void, std::string> prepare(const server::DataDirectory& directory) {
  if (server::is_served(directory.path())) return {};
  return directory.prepare_database();
}

}  // namespace

Result<std::unique_ptr<store::SqliteAccountStore>, std::string> open_accounts(const std::string& data_directory) {
  const auto directory = server::DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  if (const auto prepared = prepare(*directory); !prepared) return fail(prepared.error());
  auto accounts = store::SqliteAccountStore::open(directory->database());
  if (!accounts) return fail(accounts.error().detail);
  return *std::move(accounts);
}

Result<std::unique_ptr<store::SqliteTrackingStore>, std::string> open_trackings(const std::string& data_directory) {
  const auto directory = server::DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  auto trackings = store::SqliteTrackingStore::open(directory->database());
  if (!trackings) return fail(trackings.error().detail);
  return *std::move(trackings);
}

Result<std::unique_ptr<store::SqliteTrackingReader>, std::string> open_tracking_reader(
    const std::string& data_directory) {
  const auto directory = server::DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  auto trackings = store::SqliteTrackingReader::open(directory->database());
  if (!trackings) return fail(trackings.error().detail);
  return *std::move(trackings);
}

Result<std::unique_ptr<store::SqliteCheckpointer>, std::string> open_checkpointer(const std::string& data_directory) {
  const auto directory = server::DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  auto checkpointer = store::SqliteCheckpointer::open(directory->database());
  if (!checkpointer) return fail(checkpointer.error().detail);
  return *std::move(checkpointer);
}

Result<domain::Account, std::string> find_account(ports::AccountStore& accounts, const std::string& id_or_email) {
  std::int64_t id = 0;
  const char* end = id_or_email.data() + id_or_email.size();
  const auto [parsed, error] = std::from_chars(id_or_email.data(), end, id);
  const bool is_id = error == std::errc{} && parsed == end;
  const auto found = is_id ? accounts.find_account({id}) : accounts.find_account_by_email(id_or_email);
  if (!found) return fail("the accounts could not be read");
  if (!*found) return fail("there is no account '" + id_or_email + "'; 'parcelwake account list' shows them");
  return **found;
}

Result<domain::Account, std::string> choose_account(ports::AccountStore& accounts, const std::string& id_or_email) {
  if (!id_or_email.empty()) return find_account(accounts, id_or_email);
  const auto all = accounts.accounts();
  if (!all) return fail("the accounts could not be read");
  if (all->empty()) return fail("there is no account yet; 'parcelwake account create' makes one");
  if (all->size() > 1) return fail("there are several accounts; name one with --account");
  return all->front();
}

domain::Allowance allowance_of(const domain::Account& account, const std::string& data_directory) {
  const auto plans = server::kept_plans(data_directory);
  const auto plan = plans.find(account.plan);
  return plan == plans.end() ? domain::Allowance{} : domain::allowance_of(plan->second, account.created_at);
}

Result<std::unique_ptr<store::SqliteRemoteAreaStore>, std::string> open_remote_areas(
    const std::string& data_directory) {
  const auto directory = server::DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  if (const auto prepared = prepare(*directory); !prepared) return fail(prepared.error());
  server::SystemClock clock;
  if (const auto installed = server::install_built_in_remote_areas(*directory, clock); !installed) {
    return fail(installed.error());
  }
  auto areas = store::SqliteRemoteAreaStore::open(directory->database());
  if (!areas) return fail(areas.error().detail);
  return *std::move(areas);
}

}  // namespace parcelwake::cli
