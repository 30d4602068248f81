#include <iostream>
#include <memory>
#include <string>

#include "app/accounts/open_account.h"
#include "cli/command.h"
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

void add_account_command(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<AccountOptions>();
  CLI::App* command = program.add_subcommand("account", "Accounts, also of a running server");
  command->require_subcommand(1);
  const auto add_common = [&](CLI::App* part) {
    part->add_option("--data", options->data, "Data directory")->capture_default_str();
    part->add_flag("--json", options->json, "Print JSON");
  };
  CLI::App* create_command = command->add_subcommand("create", "Open an account; prints its first API key");
  add_common(create_command);
  create_command->add_option("--email", options->email, "E-mail address, one account each")->required();
  create_command->add_option("--plan", options->plan, "Plan")->capture_default_str();
  create_command->add_option("--phone", options->phone, "Telephone number, which getuserinfo tells");
  create_command->add_option("--timezone", options->time_zone, "Offset of the times in answers")->capture_default_str();
  create_command->callback([options, &exit_code] { exit_code = create(*options); });
  CLI::App* list_command = command->add_subcommand("list", "List the accounts");
  add_common(list_command);
  list_command->callback([options, &exit_code] { exit_code = list(*options); });
  add_account_balance_commands(*command, exit_code);
  add_account_set_command(*command, exit_code);
}

}  // namespace parcelwake::cli
