#include "server/limits_configuration.h"

#include <cmath>
#include <string>
#include <utility>

namespace parcelwake::server {
namespace {

using wire::toml::Table;

void read_rate(const Table& table, std::string_view key, double& out) {
  const auto value = table.number(key);
  if (!value) return;
  if (!std::isfinite(*value) || *value < 0) table.refuse(key, "must be 0 (no limit) or more");
  out = *value;
}

void read_rates(const Table& table, app::RateSettings& rates) {
  using app::RateClass;
  const auto rate = [&](RateClass of) -> double& { return rates.per_second[static_cast<std::size_t>(of)]; };
  read_rate(table, "list_per_second", rate(RateClass::List));
  read_rate(table, "realtime_per_second", rate(RateClass::Realtime));
  read_rate(table, "create_per_second", rate(RateClass::Create));
  read_rate(table, "other_per_second", rate(RateClass::Other));
  read_rate(table, "v4_create_per_second", rate(RateClass::V4Create));
  read_rate(table, "v4_per_second", rate(RateClass::V4Other));
  read_rate(table, "factor", rates.factor);
  if (const auto block = table.integer("block_s", 0, 86'400)) rates.block = std::chrono::seconds{*block};
  if (const auto scope = table.string("scope")) {
    if (*scope != "account" && *scope != "address") table.refuse("scope", "must be \"account\" or \"address\"");
    rates.scope = *scope == "address" ? app::RateScope::Address : app::RateScope::Account;
  }
}

void read_features(const Table& table, domain::Plan& plan) {
  const auto features = table.table("features");
  if (!features) return;
  for (const auto& [name, value] : features->entries()) {
    const auto feature = domain::feature_named(name);
    if (!feature) value.refuse("there is no such feature; there are realtime, aircargo, remote, costtime and detect");
    const auto on = value.boolean();
    if (!feature || !on) continue;
    if (*on) {
      plan.features_off.erase(*feature);
    } else {
      plan.features_off.insert(*feature);
    }
  }
}

domain::Plan read_plan(const Table& table) {
  domain::Plan plan;
  if (const auto units = table.integer("units_per_month", 0, 1'000'000'000)) {
    plan.monthly = domain::Units::whole(*units);
  }
  if (const auto api = table.boolean("api")) plan.api = *api;
  if (const auto days = table.integer("trial_days", 0, 3650)) plan.trial = std::chrono::days{*days};
  if (plan.trial.count() != 0 && !plan.monthly) {
    table.refuse("trial_days", "needs units_per_month: what is unlimited has no end to try out");
  }
  read_features(table, plan);
  return plan;
}

void read_plans(const Table& table, domain::Plans& plans) {
  for (const auto& [name, value] : table.entries()) {
    const auto section = value.table();
    if (!section) continue;
    domain::Plan plan = read_plan(*section);
    if (name == domain::kUnlimitedPlan) {
      value.refuse("the plan 'unlimited' is what its name says and cannot be changed; give yours another name");
    } else {
      plans[std::string(name)] = plan;
    }
  }
}

}  // namespace

void read_limits(const Table& table, Configuration& configuration) {
  read_rates(table, configuration.rates);
  if (const auto support = table.string("support")) configuration.support = std::string(*support);
  if (const auto plans = table.table("plans")) read_plans(*plans, configuration.plans);
}

}  // namespace parcelwake::server
