#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/accounts/charge.h"
#include "cli/command.h"
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

// What an account has and, where they are wanted, the lines that explain it.
struct Statement {
  domain::Balance balance;
  std::vector<LedgerEntry> lines;
};

constexpr std::int64_t kLinesAtOnce = 1000;

Result<std::vector<LedgerEntry>, ports::StoreError> all_lines(domain::AccountId account, ports::LedgerReader& ledger) {
  std::vector<LedgerEntry> lines;
  while (true) {
    auto more = ledger.entries(account, lines.empty() ? 0 : lines.back().id, kLinesAtOnce);
    if (!more) return more;
    if (more->empty()) return lines;
    lines.insert(lines.end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
  }
}

// All of one moment: a transaction keeps others from writing meanwhile.
std::optional<Statement> read_statement(const domain::Account& account, bool with_lines, ports::TrackingStore& store) {
  if (!store.begin()) return std::nullopt;
  auto balance = store.ledger().balance(account.id);
  auto lines = with_lines ? all_lines(account.id, store.ledger()) : std::vector<LedgerEntry>{};
  store.rollback();
  if (!balance || !lines) return std::nullopt;
  return Statement{.balance = *balance, .lines = *std::move(lines)};
}

void write_line(wire::json::Writer& writer, const LedgerEntry& line) {
  writer.begin_object().field("at", to_iso(line.at, UtcOffset{})).field("what", domain::name_of(line.kind));
  writer.key("units").raw(domain::to_string(line.amount)).field("tracking_number", line.number);
  writer.field("carrier_code", line.carrier).field("note", line.note);
  writer.key("balance").raw(domain::to_string(line.balance)).end_object();
}

std::string json_of(const domain::Account& account, const Statement& statement, bool with_lines) {
  std::string text;
  wire::json::Writer writer(text);
  writer.begin_object().field("account_id", account.id.value).field("email", account.email);
  writer.field("plan", account.plan).field("state", account.blocked ? "blocked" : "active");
  writer.field_or_null("phone", account.phone).field("features_off", domain::to_string(account.features_off));
  writer.field("timezone", to_string(account.time_zone)).field("created_at", to_iso(account.created_at, UtcOffset{}));
  writer.key("balance").raw(domain::to_string(statement.balance.total()));
  writer.key("granted").raw(domain::to_string(statement.balance.granted));
  writer.key("purchased").raw(domain::to_string(statement.balance.purchased));
  if (with_lines) {
    writer.key("ledger").begin_array();
    for (const LedgerEntry& line : statement.lines) write_line(writer, line);
    writer.end_array();
  }
  writer.end_object();
  return text;
}

void print(const domain::Account& account, const Statement& statement) {
  std::cout << "account " << account.id.value << " for " << account.email << "\nplan " << account.plan
            << (account.blocked ? ", blocked" : ", active");
  if (!account.features_off.empty()) std::cout << ", without " << domain::to_string(account.features_off);
  std::cout << "\nbalance " << domain::to_string(statement.balance.total()) << " units, "
            << domain::to_string(statement.balance.granted) << " of them granted this month and "
            << domain::to_string(statement.balance.purchased) << " purchased\n";
  for (const LedgerEntry& line : statement.lines) {
    std::cout << to_iso(line.at, UtcOffset{}) << '\t' << domain::name_of(line.kind) << '\t'
              << domain::to_string(line.amount) << '\t' << domain::to_string(line.balance) << '\t' << line.carrier
              << '\t' << line.number << '\t' << line.note << '\n';
  }
}

int show(const BalanceOptions& options) {
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto account = find_account(**accounts, options.account);
  if (!account) return refuse(account.error());
  auto store = open_trackings(options.data);
  if (!store) return refuse(store.error());
  const auto statement = read_statement(*account, options.ledger, **store);
  if (!statement) return refuse("the balance could not be read");
  if (options.json) {
    std::cout << json_of(*account, *statement, options.ledger) << '\n';
  } else {
    print(*account, *statement);
  }
  return kDone;
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
  const auto balance = app::adjust_balance(account->id, *units, options.note, **store, clock.now());
  if (!balance) return refuse(std::string(app::describe(balance.error())));
  if (options.json) {
    std::cout << json_of(*account, {.balance = *balance, .lines = {}}, false) << '\n';
  } else {
    std::cout << "account " << account->id.value << " has " << domain::to_string(balance->total()) << " units\n";
  }
  return kDone;
}

}  // namespace

void add_account_balance_commands(CLI::App& account, int& exit_code) {
  auto options = std::make_shared<BalanceOptions>();
  const auto add_common = [&](CLI::App* part) {
    part->add_option("account", options->account, "Id or e-mail address")->required();
    part->add_option("--data", options->data, "Data directory")->capture_default_str();
    part->add_flag("--json", options->json, "Print JSON");
  };
  CLI::App* show_command = account.add_subcommand("show", "Show an account and what it has left");
  add_common(show_command);
  show_command->add_flag("--ledger", options->ledger, "Show every credit and charge, oldest first");
  show_command->callback([options, &exit_code] { exit_code = show(*options); });
  CLI::App* charge_command = account.add_subcommand("charge", "Credit units to an account, or take them away");
  add_common(charge_command);
  charge_command->add_option("--units", options->units, "How many, to the tenth; below 0 to take them away")
      ->required();
  charge_command->add_option("--note", options->note, "What for, to be read in the ledger");
  charge_command->callback([options, &exit_code] { exit_code = charge(*options); });
}

}  // namespace parcelwake::cli
