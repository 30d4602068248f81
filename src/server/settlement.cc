#include "server/settlement.h"

#include <algorithm>
#include <chrono>

#include "base/observe/log.h"

namespace parcelwake::server {
namespace {

constexpr std::size_t kAccountsAtOnce = 500;  // others' writes wait for no more than these

app::ChargeBatch settle(std::span<const app::MeteredAccount> accounts) {
  app::ChargeBatch batch;
  batch.commands.reserve(accounts.size());
  for (const app::MeteredAccount& account : accounts) {
    app::ChargeCommand& command = batch.commands.emplace_back();
    command.account = account.account;
    command.allowance = account.allowance;
  }
  return batch;
}

}  // namespace

void Settlement::run_once(Timestamp now) {
  auto accounts = keys_.metered_accounts();
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  if (accounts == done_ && hour == hour_) return;
  std::span<const app::MeteredAccount> left(*accounts);
  while (!left.empty()) {
    const auto taken = left.first(std::min(left.size(), kAccountsAtOnce));
    gate_.submit(settle(taken), [](const auto& outcome) {
      if (!outcome) log::warning("accounts", "balances could not be brought up to date; they are at the next call");
    });
    left = left.subspan(taken.size());
  }
  done_ = std::move(accounts);
  hour_ = hour;
}

}  // namespace parcelwake::server
