#include "store/sqlite/sqlite_ledger.h"

#include "base/ascii.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {
namespace {

using domain::Balance;
using domain::LedgerEntry;
using domain::Units;
using ports::StoreError;

LedgerEntry read_line(const Query& query, domain::AccountId account) {
  return {.id = query.integer(0),
          .account = account,
          .at = query.time(1),
          .kind = static_cast<domain::LedgerKind>(query.integer(2)),
          .amount = Units::tenths(query.integer(3)),
          .number = std::string(query.text(4)),
          .carrier = std::string(query.text(5)),
          .note = std::string(query.text(6)),
          .balance = Units::tenths(query.integer(7))};
}

Balance read_balance(const Query& query) {
  return {.granted = Units::tenths(query.integer(0)),
          .purchased = Units::tenths(query.integer(1)),
          .month_grant = Units::tenths(query.integer(2)),
          .month = query.integer(3)};
}

}  // namespace

SqliteLedger::SqliteLedger(SqliteDatabase& database)
    : database_(database),
      balance_(database, "SELECT granted, purchased, month_grant, month FROM balance WHERE account = ?"),
      head_(database,
            "SELECT granted, purchased, month_grant, month, "
            "(SELECT max(seq) FROM ledger WHERE ledger.account = balance.account) FROM balance WHERE account = ?"),
      keep_balance_(database,
                    "INSERT INTO balance (account, granted, purchased, month_grant, month) VALUES (?1, ?2, ?3, ?4, ?5) "
                    "ON CONFLICT (account) DO UPDATE SET granted = ?2, purchased = ?3, month_grant = ?4, month = ?5"),
      entries_(database,
               "SELECT seq, at, kind, amount, number, carrier, note, balance FROM ledger "
               "WHERE account = ? AND seq > ? ORDER BY seq LIMIT ?"),
      add_line_(database,
                "INSERT INTO ledger (bucket, account, at, kind, amount, balance, number, carrier, note) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

Result<Balance, StoreError> SqliteLedger::balance(domain::AccountId account) {
  Query query(balance_);
  const auto row = query.bind(account.value).next();
  if (!row) return fail(row.error());
  if (!*row) return Balance{};
  return read_balance(query);
}

Result<ports::LedgerHead, StoreError> SqliteLedger::head(domain::AccountId account) {
  Query query(head_);
  const auto row = query.bind(account.value).next();
  if (!row) return fail(row.error());
  if (!*row) return ports::LedgerHead{};  // a line comes with its balance
  return ports::LedgerHead{.balance = read_balance(query), .last_line = query.integer(4)};
}

Result<std::vector<LedgerEntry>, StoreError> SqliteLedger::entries(domain::AccountId account, std::int64_t after,
                                                                   std::int64_t limit) {
  std::vector<LedgerEntry> found;
  Query query(entries_);
  query.bind(account.value).bind(after).bind(limit);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return found;
    found.push_back(read_line(query, account));
  }
}

Result<void, StoreError> SqliteLedger::post(domain::AccountId account, const Balance& after,
                                            std::span<const LedgerEntry> lines) {
  if (sqlite3_get_autocommit(database_.handle()) != 0) return fail(StoreError::Broken);
  for (const LedgerEntry& line : lines) {
    Query query(add_line_);
    query.bind(std::int64_t{domain::bucket_of(account, ascii::to_upper(line.number))})
        .bind(account.value)
        .bind(line.at)
        .bind(static_cast<std::int64_t>(line.kind))
        .bind(line.amount.in_tenths())
        .bind(line.balance.in_tenths())
        .bind(std::string_view(line.number))
        .bind(std::string_view(line.carrier))
        .bind(std::string_view(line.note));
    if (const auto added = query.run(); !added) return added;
  }
  return Query(keep_balance_)
      .bind(account.value)
      .bind(after.granted.in_tenths())
      .bind(after.purchased.in_tenths())
      .bind(after.month_grant.in_tenths())
      .bind(after.month)
      .run();
}

}  // namespace parcelwake::store
