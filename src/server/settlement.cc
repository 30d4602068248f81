#include "server/settlement.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <span>
#include <utility>

#include "base/observe/log.h"
#include "base/observe/throttle.h"

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

// One pass over all accounts, handed on from callback to callback.
class Settlement::Round : public std::enable_shared_from_this<Round> {
 public:
  Round(std::shared_ptr<const app::MeteredAccounts> accounts, app::WriteGate& gate)
      : accounts_(std::move(accounts)), gate_(gate) {}

  // Until it is finished or a write was refused. Only while this is false may anybody else touch the round.
  bool is_under_way() const { return under_way_; }
  bool is_finished() const { return done_ == accounts_->size(); }

  void go_on() {
    under_way_ = true;
    hand_in();
  }

 private:
  void hand_in() {
    const auto left = std::span(*accounts_).subspan(done_);
    if (left.empty()) {
      under_way_ = false;
      return;
    }
    const std::size_t count = std::min(left.size(), kAccountsAtOnce);
    gate_.submit(settle(left.first(count)), [self = shared_from_this(), count](const auto& outcome) {
      if (!outcome) return self->pause();
      self->done_ += count;
      self->hand_in();
    });
  }
  void pause() {
    static log::Throttle throttle;
    log::throttled(throttle, log::Level::Warning, "accounts",
                   "balances could not be brought up to date; they are at the next call, or at the next try");
    under_way_ = false;
  }

  std::shared_ptr<const app::MeteredAccounts> accounts_;
  app::WriteGate& gate_;
  std::size_t done_ = 0;
  std::atomic<bool> under_way_{false};
};

void Settlement::run_once(Timestamp now) {
  if (round_ && round_->is_under_way()) return;
  auto accounts = keys_.metered_accounts();
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  if (accounts != begun_for_ || hour != hour_) {
    round_ = std::make_shared<Round>(accounts, gate_);
    begun_for_ = std::move(accounts);
    hour_ = hour;
  }
  if (!round_->is_finished()) round_->go_on();
}

}  // namespace parcelwake::server
