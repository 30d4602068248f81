#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "app/accounts/charge.h"
#include "cli/commands.h"
#include "cli/store_access.h"
#include "server/system.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

using domain::LedgerEntry;

struct BalanceOptions {
  std::string data = kDefaultDataDirectory;
  std::string account;
  std::string units;
  std::string note;
  bool ledger = false;
  bool json = false;
};

constexpr std::int64_t kLinesAtOnce = 1000;

using TakeLine = std::function<void(const LedgerEntry&)>;

// The lines up to `last`, oldest first, a thousand in memory at a time. Each thousand is a read of its own, so that
// nobody is held up by a terminal that is scrolled through.
Result<void, ports::StoreError> each_line(domain::AccountId account, std::int64_t last, ports::LedgerReader& ledger,
                                          const TakeLine& take) {
  for (std::int64_t done = 0; done < last;) {
    const auto lines = ledger.entries(account, done, kLinesAtOnce);
    if (!lines) return fail(lines.error());
    if (lines->empty()) return {};
    for (const LedgerEntry& line : *lines) {
      if (line.id <= last) take(line);
    }
    done = lines->back().id;
  }
  return {};
}

std::string json_of(const LedgerEntry& line) {
  std::string text;
  wire::json::Writer writer(text);
  writer.begin_object().field("at", to_iso(line.at, UtcOffset{})).field("what", domain::name_of(line.kind));
  writer.key("units").raw(domain::to_string(line.amount)).field("tracking_number", line.number);
  writer.field("carrier_code", line.carrier).field("note", line.note);
  writer.key("balance").raw(domain::to_string(line.balance)).end_object();
  return text;
}

std::string json_of(const domain::Account& account, const domain::Balance& balance) {
  std::string text;
  wire::json::Writer writer(text);
  writer.begin_object().field("account_id", account.id.value).field("email", account.email);
  writer.field("plan", account.plan).field("state", account.blocked ? "blocked" : "active");
  writer.field_or_null("phone", account.phone).field("features_off", domain::to_string(account.features_off));
  writer.field("timezone", to_string(account.time_zone)).field("created_at", to_iso(account.created_at, UtcOffset{}));
  writer.key("balance").raw(domain::to_string(balance.total()));
  writer.key("granted").raw(domain::to_string(balance.granted));
  writer.key("purchased").raw(domain::to_string(balance.purchased)).end_object();
  return text;
}

// The account's object with a last member "ledger", written as its lines are read.
Result<void, ports::StoreError> write_with_ledger(const domain::Account& account, const ports::LedgerHead& head,
                                                  ports::LedgerReader& ledger) {
  std::string object = json_of(account, head.balance);
  object.pop_back();
  std::cout << object << ",\"ledger\":[";
  const char* comma = "";
  const auto read = each_line(account.id, head.last_line, ledger, [&](const LedgerEntry& line) {
    std::cout << std::exchange(comma, ",") << json_of(line);
  });
  if (read) std::cout << "]}\n";
  return read;
}

void print(const domain::Account& account, const domain::Balance& balance) {
  std::cout << "account " << account.id.value << " for " << account.email << "\nplan " << account.plan
            << (account.blocked ? ", blocked" : ", active");
  if (!account.features_off.empty()) std::cout << ", without " << domain::to_string(account.features_off);
  std::cout << "\nbalance " << domain::to_string(balance.total()) << " units, " << domain::to_string(balance.granted)
            << " of them granted this month and " << domain::to_string(balance.purchased) << " purchased\n";
}

void print(const LedgerEntry& line) {
  std::cout << to_iso(line.at, UtcOffset{}) << '\t' << domain::name_of(line.kind) << '\t'
            << domain::to_string(line.amount) << '\t' << domain::to_string(line.balance) << '\t' << line.carrier << '\t'
            << line.number << '\t' << line.note << '\n';
}

int show(const BalanceOptions& options) {
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto account = find_account(**accounts, options.account);
  if (!account) return refuse(account.error());
  auto reader = open_tracking_reader(options.data);
  if (!reader) return refuse(reader.error());
  ports::LedgerReader& ledger = (*reader)->ledger();
  const auto head = ledger.head(account->id);
  if (!head) return refuse("the balance could not be read");
  Result<void, ports::StoreError> read;
  if (options.json && options.ledger) {
    read = write_with_ledger(*account, *head, ledger);
  } else if (options.json) {
    std::cout << json_of(*account, head->balance) << '\n';
  } else {
    print(*account, head->balance);
    if (options.ledger) {
      read = each_line(account->id, head->last_line, ledger, [](const LedgerEntry& line) { print(line); });
    }
  }
  return read ? kDone : refuse("the ledger could not be read to its end");
}

int charge(const BalanceOptions& options) {
  const auto units = domain::parse_units(options.units);
  if (!units || *units == domain::Units{}) {
    return refuse("'" + options.units + "' is no number of units; write one such as 500, 0.2 or -20");
  }
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto account = find_account(**accounts, options.account);
  if (!account) return refuse(account.error());
  auto store = open_trackings(options.data);
  if (!store) return refuse(store.error());
  server::SystemClock clock;
  const auto balance = app::adjust_balance(account->id, allowance_of(*account, options.data), *units, options.note,
                                           **store, clock.now());
  if (!balance) return refuse(std::string(app::describe(balance.error())));
  if (options.json) {
    std::cout << json_of(*account, *balance) << '\n';
  } else {
    std::cout << "account " << account->id.value << " has " << domain::to_string(balance->total()) << " units\n";
  }
  return kDone;
}

}  // namespace

void add_account_balance_commands(const Command& account, int& exit_code) {
  auto options = std::make_shared<BalanceOptions>();
  const auto add_common = [&](const Command& part) {
    part.option("account", options->account, "Id or e-mail address").required();
    part.option("--data", options->data, "Data directory").shows_default();
    part.flag("--json", options->json, "Print JSON");
  };
  const Command show_command = account.subcommand("show", "Show an account and what it has left");
  add_common(show_command);
  show_command.flag("--ledger", options->ledger, "Show every credit and charge, oldest first");
  show_command.does([options, &exit_code] { exit_code = show(*options); });
  const Command charge_command = account.subcommand("charge", "Credit units to an account, or take them away");
  add_common(charge_command);
  charge_command.option("--units", options->units, "How many, to the tenth; below 0 to take them away").required();
  charge_command.option("--note", options->note, "What for, to be read in the ledger");
  charge_command.does([options, &exit_code] { exit_code = charge(*options); });
}

}  // namespace parcelwake::cli
