#include <iostream>
#include <memory>
#include <string>

#include "app/accounts/open_account.h"
#include "cli/commands.h"
#include "cli/store_access.h"
#include "server/system.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

struct AccountOptions {
  std::string data = kDefaultDataDirectory;
  std::string email;
  std::string plan = "unlimited";
  std::string phone;
  std::string time_zone = "+08:00";
  bool json = false;
};

int create(const AccountOptions& options) {
  const auto zone = parse_utc_offset(options.time_zone);
  if (!zone) return refuse("'" + options.time_zone + "' is no offset; write one such as +08:00");
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  server::SystemClock clock;
  server::SystemRandom random;
  const auto opened = app::open_account(
      {.id = {}, .email = options.email, .plan = options.plan, .phone = options.phone, .time_zone = *zone}, **accounts,
      random, clock.now());
  if (!opened) return refuse(std::string(app::describe(opened.error())));
  if (options.json) {
    std::string line;
    wire::json::Writer(line)
        .begin_object()
        .field("account_id", opened->account.id.value)
        .field("api_key", opened->api_key)
        .end_object();
    std::cout << line << '\n';
  } else {
    std::cout << "account " << opened->account.id.value << " for " << opened->account.email << "\nAPI key "
              << opened->api_key << "\nThe key is shown this once; 'parcelwake key create' makes another.\n";
  }
  return kDone;
}

int list(const AccountOptions& options) {
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto all = (*accounts)->accounts();
  if (!all) return refuse("the accounts could not be read");
  for (const domain::Account& account : *all) {
    if (options.json) {
      std::string line;
      wire::json::Writer writer(line);
      writer.begin_object()
          .field("account_id", account.id.value)
          .field("email", account.email)
          .field("plan", account.plan)
          .field_or_null("phone", account.phone)
          .field("state", account.blocked ? "blocked" : "active");
      writer.field("timezone", to_string(account.time_zone))
          .field("created_at", to_iso(account.created_at, UtcOffset{}))
          .end_object();
      std::cout << line << '\n';
    } else {
      std::cout << account.id.value << '\t' << account.email << '\t' << account.plan << '\t'
                << to_string(account.time_zone) << (account.blocked ? "\tblocked" : "") << '\n';
    }
  }
  return kDone;
}

}  // namespace

void add_account_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<AccountOptions>();
  const Command command = program.subcommand("account", "Accounts, also of a running server");
  command.needs_subcommand();
  const auto add_common = [&](const Command& part) {
    part.option("--data", options->data, "Data directory").shows_default();
    part.flag("--json", options->json, "Print JSON");
  };
  const Command create_command = command.subcommand("create", "Open an account; prints its first API key");
  add_common(create_command);
  create_command.option("--email", options->email, "E-mail address, one account each").required();
  create_command.option("--plan", options->plan, "Plan").shows_default();
  create_command.option("--phone", options->phone, "Telephone number, which getuserinfo tells");
  create_command.option("--timezone", options->time_zone, "Offset of the times in answers").shows_default();
  create_command.does([options, &exit_code] { exit_code = create(*options); });
  const Command list_command = command.subcommand("list", "List the accounts");
  add_common(list_command);
  list_command.does([options, &exit_code] { exit_code = list(*options); });
  add_account_balance_commands(command, exit_code);
  add_account_set_command(command, exit_code);
}

}  // namespace parcelwake::cli
