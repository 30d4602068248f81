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

struct KeyOptions {
  std::string data = kDefaultDataDirectory;
  std::int64_t account = 0;
  std::string text;
  std::string permissions = "all";
  std::int64_t key = 0;
  bool json = false;
};

int print_new(const Result<app::NewKey, app::AccountError>& made, const KeyOptions& options) {
  if (!made) return refuse(std::string(app::describe(made.error())));
  if (options.json) {
    std::string line;
    wire::json::Writer writer(line);
    writer.begin_object().field("key_id", made->key.id.value).field("account_id", made->key.account.value);
    writer.field("api_key", made->api_key).end_object();
    std::cout << line << '\n';
  } else {
    std::cout << "key " << made->key.id.value << " of account " << made->key.account.value << "\nAPI key "
              << made->api_key << '\n';
  }
  return kDone;
}

int refuse_permissions(const KeyOptions& options) {
  return refuse("'" + options.permissions +
                "' are no permissions; write all, or some of read, write, delete, realtime and lookup with commas");
}

int create(const KeyOptions& options) {
  const auto permissions = domain::parse_permissions(options.permissions);
  if (!permissions) return refuse_permissions(options);
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  server::SystemClock clock;
  server::SystemRandom random;
  return print_new(app::create_key({options.account}, **accounts, random, clock.now(), *permissions), options);
}

int import(const KeyOptions& options) {
  const auto permissions = domain::parse_permissions(options.permissions);
  if (!permissions) return refuse_permissions(options);
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  // "-": a line of standard input, which no list of processes shows.
  std::string text = options.text;
  if (text == "-" && !std::getline(std::cin, text)) return refuse("there is no key on standard input");
  server::SystemClock clock;
  return print_new(app::import_key({options.account}, text, **accounts, clock.now(), *permissions), options);
}

int list(const KeyOptions& options) {
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto keys = (*accounts)->keys();
  if (!keys) return refuse("the keys could not be read");
  for (const domain::ApiKey& key : *keys) {
    if (options.account != 0 && key.account.value != options.account) continue;
    if (options.json) {
      std::string line;
      wire::json::Writer writer(line);
      writer.begin_object()
          .field("key_id", key.id.value)
          .field("account_id", key.account.value)
          .field("ends_in", key.hint);
      writer.field("created_at", to_iso(key.created_at, UtcOffset{})).field("revoked", key.revoked);
      writer.field("permissions", domain::to_string(key.permissions)).end_object();
      std::cout << line << '\n';
    } else {
      std::cout << key.id.value << "\taccount " << key.account.value << "\t…" << key.hint << '\t'
                << domain::to_string(key.permissions) << (key.revoked ? "\trevoked" : "") << '\n';
    }
  }
  return kDone;
}

int revoke(const KeyOptions& options) {
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto revoked = app::revoke_key({options.account}, {options.key}, **accounts);
  if (!revoked) return refuse(std::string(app::describe(revoked.error())));
  std::cout << "key " << options.key << " is revoked; a running server refuses it within a second\n";
  return kDone;
}

}  // namespace

void add_key_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<KeyOptions>();
  const Command command = program.subcommand("key", "API keys, also of a running server");
  command.needs_subcommand();
  const auto add_part = [&](const char* name, const char* about, int (*deed)(const KeyOptions&), bool needs_account) {
    const Command part = command.subcommand(name, about);
    part.option("--data", options->data, "Data directory").shows_default();
    Option account = part.option("--account", options->account, "Account id");
    if (needs_account) account.required();
    part.flag("--json", options->json, "Print JSON");
    part.does([options, deed, &exit_code] { exit_code = deed(*options); });
    return part;
  };
  const auto add_permissions = [&](const Command& part) {
    part.option("--permissions", options->permissions, "all, or some of read,write,delete,realtime,lookup")
        .shows_default();
    return part;
  };
  add_permissions(add_part("create", "Make a further key for an account", create, true));
  add_permissions(
      add_part("import", "Register a key that a client has built in: any text, spaces included", import, true))
      .option("key", options->text, "The key, or - to read it from standard input")
      .required();
  add_part("list", "List keys; only their last characters are known", list, false);
  add_part("revoke", "Make a key worthless", revoke, true)
      .option("key", options->key, "Key id, from 'key list'")
      .required();
}

}  // namespace parcelwake::cli
