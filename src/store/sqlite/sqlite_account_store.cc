#include "store/sqlite/sqlite_account_store.h"

#include <cstring>

namespace parcelwake::store {
namespace {

using domain::Account;
using domain::ApiKey;
using ports::StoreError;

Account read_account(const Query& query) {
  return {.id = {query.integer(0)},
          .email = std::string(query.text(1)),
          .plan = std::string(query.text(2)),
          .phone = std::string(query.text(5)),
          .time_zone = UtcOffset{std::chrono::minutes{query.integer(3)}},
          .created_at = query.time(4),
          .blocked = query.integer(6) != 0,
          .features_off = domain::FeatureSet::from_bits(static_cast<std::uint32_t>(query.integer(7)))};
}

// Null: not told.
void bind_phone(Query& query, std::string_view phone) {
  if (phone.empty()) {
    query.bind_null();
  } else {
    query.bind(phone);
  }
}

ApiKey read_key(const Query& query) {
  ApiKey key{.id = {query.integer(0)},
             .account = {query.integer(1)},
             .digest = {},
             .hint = std::string(query.text(3)),
             .created_at = query.time(4),
             .revoked = query.integer(5) != 0,
             .permissions = domain::PermissionSet::from_bits(static_cast<std::uint32_t>(query.integer(6)))};
  const std::string_view digest = query.blob(2);
  std::memcpy(key.digest.data(), digest.data(), std::min(digest.size(), key.digest.size()));
  return key;
}

template <class Read>
auto first_row(Query& query, Read read) -> Result<std::optional<std::invoke_result_t<Read, Query&>>, StoreError> {
  const auto row = query.next();
  if (!row) return fail(row.error());
  if (!*row) return std::optional<std::invoke_result_t<Read, Query&>>();
  return std::optional(read(query));
}

template <class Read>
auto all_rows(Query& query, Read read) -> Result<std::vector<std::invoke_result_t<Read, Query&>>, StoreError> {
  std::vector<std::invoke_result_t<Read, Query&>> rows;
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return rows;
    rows.push_back(read(query));
  }
}

constexpr const char* kSelectAccount =
    "SELECT id, email, plan, utc_offset, created_at, phone, blocked, features_off FROM account ";
constexpr const char* kSelectKey = "SELECT id, account, digest, hint, created_at, revoked, permissions FROM api_key ";

}  // namespace

Result<std::unique_ptr<SqliteAccountStore>, OpenFailure> SqliteAccountStore::open(const SqliteOptions& options) {
  auto database = open_current(options, SqliteAccess::Write);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteAccountStore>(std::move(*database));
}

SqliteAccountStore::SqliteAccountStore(std::unique_ptr<SqliteDatabase> database)
    : database_(std::move(database)),
      insert_account_(*database_,
                      "INSERT INTO account (email, plan, utc_offset, created_at, blocked, features_off, phone) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?)"),
      account_by_id_(*database_, std::string(kSelectAccount) + "WHERE id = ?"),
      account_by_email_(*database_, std::string(kSelectAccount) + "WHERE email = ? ORDER BY id LIMIT 1"),
      all_accounts_(*database_, std::string(kSelectAccount) + "ORDER BY id"),
      update_account_(*database_,
                      "UPDATE account SET plan = ?, utc_offset = ?, blocked = ?, features_off = ?, phone = ? "
                      "WHERE id = ?"),
      insert_key_(*database_,
                  "INSERT INTO api_key (account, digest, hint, created_at, revoked, permissions) "
                  "VALUES (?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT (digest) DO NOTHING"),
      key_by_digest_(*database_, std::string(kSelectKey) + "WHERE digest = ?"),
      all_keys_(*database_, std::string(kSelectKey) + "ORDER BY id"),
      revoke_key_(*database_, "UPDATE api_key SET revoked = 1 WHERE id = ? AND account = ?"),
      count_revision_(*database_, "UPDATE account_revision SET value = value + 1"),
      revision_(*database_, "SELECT value FROM account_revision") {}

Result<std::int64_t, StoreError> SqliteAccountStore::write(const std::function<Result<void, StoreError>()>& change) {
  if (const auto begun = database_->execute("BEGIN IMMEDIATE"); !begun) return fail(begun.error());
  auto done = change();
  const std::int64_t changed = sqlite3_changes64(database_->handle());
  if (done && changed != 0) done = Query(count_revision_).run();
  if (done) done = database_->execute("COMMIT");
  if (done) return changed;
  if (sqlite3_get_autocommit(database_->handle()) == 0) (void)database_->execute("ROLLBACK");
  return fail(done.error());
}

Result<Account, StoreError> SqliteAccountStore::add_account(const Account& account) {
  Account added = account;
  const auto written = write([&]() -> Result<void, StoreError> {
    Query query(insert_account_);
    query.bind(std::string_view(account.email))
        .bind(std::string_view(account.plan))
        .bind(std::int64_t{account.time_zone.east.count()})
        .bind(account.created_at)
        .bind(std::int64_t{account.blocked})
        .bind(std::int64_t{account.features_off.bits()});
    bind_phone(query, account.phone);
    auto done = query.run();
    added.id.value = sqlite3_last_insert_rowid(database_->handle());
    return done;
  });
  if (!written) return fail(written.error());
  return added;
}

Result<std::optional<Account>, StoreError> SqliteAccountStore::find_account(domain::AccountId id) {
  Query query(account_by_id_);
  return first_row(query.bind(id.value), read_account);
}

Result<std::optional<Account>, StoreError> SqliteAccountStore::find_account_by_email(std::string_view email) {
  Query query(account_by_email_);
  return first_row(query.bind(email), read_account);
}

Result<std::vector<Account>, StoreError> SqliteAccountStore::accounts() {
  Query query(all_accounts_);
  return all_rows(query, read_account);
}

Result<std::optional<Account>, StoreError> SqliteAccountStore::update_account(domain::AccountId id,
                                                                              const AccountChange& change) {
  std::optional<Account> account;
  const auto written = write([&]() -> Result<void, StoreError> {
    auto found = find_account(id);
    if (!found) return fail(found.error());
    account = *std::move(found);
    Account after = account.value_or(Account{});  // where there is none, the update changes no row
    if (account) change(after);
    Query query(update_account_);
    query.bind(std::string_view(after.plan))
        .bind(std::int64_t{after.time_zone.east.count()})
        .bind(std::int64_t{after.blocked})
        .bind(std::int64_t{after.features_off.bits()});
    bind_phone(query, after.phone);
    if (const auto done = query.bind(id.value).run(); !done) return done;
    found = find_account(id);
    if (!found) return fail(found.error());
    account = *std::move(found);
    return {};
  });
  if (!written) return fail(written.error());
  return account;
}

Result<std::optional<ApiKey>, StoreError> SqliteAccountStore::add_key(const ApiKey& key) {
  ApiKey added = key;
  const auto written = write([&]() -> Result<void, StoreError> {
    auto done = Query(insert_key_)
                    .bind(key.account.value)
                    .bind_blob(key.digest)
                    .bind(std::string_view(key.hint))
                    .bind(key.created_at)
                    .bind(std::int64_t{key.revoked})
                    .bind(std::int64_t{key.permissions.bits()})
                    .run();
    added.id.value = sqlite3_last_insert_rowid(database_->handle());
    return done;
  });
  if (!written) return fail(written.error());
  if (*written == 0) return std::optional<ApiKey>();
  return std::optional(added);
}

Result<std::optional<ApiKey>, StoreError> SqliteAccountStore::find_key(const Sha256& digest) {
  Query query(key_by_digest_);
  return first_row(query.bind_blob(digest), read_key);
}

Result<std::vector<ApiKey>, StoreError> SqliteAccountStore::keys() {
  Query query(all_keys_);
  return all_rows(query, read_key);
}

Result<bool, StoreError> SqliteAccountStore::revoke_key(domain::AccountId account, domain::ApiKeyId key) {
  const auto written = write([&] { return Query(revoke_key_).bind(key.value).bind(account.value).run(); });
  if (!written) return fail(written.error());
  return *written != 0;
}

Result<std::int64_t, StoreError> SqliteAccountStore::data_version() {
  Query query(revision_);
  const auto row = query.next();
  if (!row) return fail(row.error());
  return query.integer(0);
}

}  // namespace parcelwake::store
