#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/accounts/change_account.h"
#include "cli/commands.h"
#include "cli/store_access.h"
#include "server/configuration.h"

namespace parcelwake::cli {
namespace {

struct SetOptions {
  std::string data = kDefaultDataDirectory;
  std::string config;
  std::string account;
  std::string plan;
  std::string time_zone;
  std::optional<std::string> phone;
  std::vector<std::string> features;
  bool block = false;
  bool unblock = false;
};

Result<void, std::string> read_feature(const std::string& text, app::AccountPatch& patch) {
  const auto equals = std::min(text.find('='), text.size());
  const auto feature = domain::feature_named(std::string_view(text).substr(0, equals));
  const std::string value = text.substr(std::min(equals + 1, text.size()));
  if (!feature || (value != "on" && value != "off")) {
    return fail(
        "'" + text +
        "' is no feature and state; write one of realtime, aircargo, remote, costtime, detect, and =on or =off");
  }
  (value == "on" ? patch.switch_on : patch.switch_off).insert(*feature);
  return {};
}

// A plan is looked up in the configuration that is given; without one any name is taken, because the server's own
// configuration may know it.
Result<void, std::string> check_plan(const SetOptions& options) {
  if (options.config.empty() || options.plan.empty()) return {};
  const auto loaded = server::load_configuration(options.config);
  if (!loaded) return fail(loaded.error().front());
  if (!loaded->plans.contains(options.plan)) return fail(options.config + " has no plan '" + options.plan + "'");
  return {};
}

Result<app::AccountPatch, std::string> read_patch(const SetOptions& options) {
  app::AccountPatch patch;
  if (const auto checked = check_plan(options); !checked) return fail(checked.error());
  if (!options.plan.empty()) patch.plan = options.plan;
  if (!options.time_zone.empty()) {
    patch.time_zone = parse_utc_offset(options.time_zone);
    if (!patch.time_zone) return fail("'" + options.time_zone + "' is no offset; write one such as +08:00");
  }
  patch.phone = options.phone;
  if (options.block || options.unblock) patch.blocked = options.block;
  for (const std::string& feature : options.features) {
    if (const auto read = read_feature(feature, patch); !read) return fail(read.error());
  }
  return patch;
}

int set(const SetOptions& options) {
  const auto patch = read_patch(options);
  if (!patch) return refuse(patch.error());
  auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto account = find_account(**accounts, options.account);
  if (!account) return refuse(account.error());
  const auto changed = app::change_account(account->id, *patch, **accounts);
  if (!changed) return refuse(std::string(app::describe(changed.error())));
  std::cout << "account " << changed->id.value << " is changed; a running server goes by it within a second\n";
  return kDone;
}

}  // namespace

void add_account_set_command(const Command& account, int& exit_code) {
  auto options = std::make_shared<SetOptions>();
  const Command command = account.subcommand("set", "Change an account");
  command.option("account", options->account, "Id or e-mail address").required();
  command.option("--data", options->data, "Data directory").shows_default();
  command.option("--plan", options->plan, "Plan: unlimited, free, or one of the configuration's");
  command.option("--config", options->config, "Configuration file; with it, refuses a plan that it lacks");
  command.option("--timezone", options->time_zone, "Offset of the times in answers");
  command.option("--phone", options->phone, "Telephone number; \"\" for none");
  command.option("--feature", options->features, "realtime=off, aircargo=on; may be repeated").takes_all();
  Option block = command.flag("--block", options->block, "Refuse its calls");
  command.flag("--unblock", options->unblock, "Answer its calls again").excludes(block);
  command.does([options, &exit_code] { exit_code = set(*options); });
}

}  // namespace parcelwake::cli
