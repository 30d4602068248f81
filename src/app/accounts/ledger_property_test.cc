#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "app/accounts/charge.h"
#include "app/testing/store_room.h"
#include "app/trackings/realtime.h"
#include "app/trackings/update_trackings.h"

namespace parcelwake::app {
namespace {

using domain::LedgerKind;
using domain::Units;
using testing::kAccount;
using testing::kNoon;

// An account that creates, deletes, detects, buys and lives through months, with balances that run out often.
class Life {
 public:
  void live() {
    const int deed = *rc::gen::inRange(0, 7);
    now_ += std::chrono::hours{*rc::gen::inRange(0, 400)};
    if (deed == 0) create(LedgerKind::Create);
    if (deed == 1) create(LedgerKind::RealtimeCreate);
    if (deed == 2) remove();
    if (deed == 3) call();
    if (deed == 4)
      (void)adjust_balance(kAccount, allowance_, Units::tenths(*rc::gen::inRange(-50, 50)), "", room_.store, now_);
    if (deed == 5) allowance_.monthly = Units::whole(*rc::gen::inRange(0, 6));
    if (deed == 6) fail_halfway();
    check();
  }

 private:
  RegisterCommand any_number() {
    RegisterCommand command = testing::registration("AB00" + std::to_string(*rc::gen::inRange(0, 6)));
    command.allowance = allowance_;
    return command;
  }
  void create(LedgerKind kind) {
    std::vector<RegisterCommand> commands;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) commands.push_back(any_number());
    room_.in_transaction(
        [&] { return register_trackings(commands, room_.store, room_.gateway, room_.random, now_, kind); });
  }
  void remove() {
    const DeleteCommand deletion{.key = testing::key_of(any_number()), .expected = {}};
    room_.in_transaction([&] { return delete_trackings(std::span(&deletion, 1), room_.store); });
  }
  void call() {
    const ChargeCommand command{.account = kAccount,
                                .allowance = allowance_,
                                .kind = LedgerKind::Detect,
                                .cost = domain::kCostOfDetection,
                                .note = {}};
    room_.in_transaction([&] { return charge_accounts(std::span(&command, 1), room_.store, now_); });
  }
  void fail_halfway() {
    const RegisterCommand command = any_number();
    RC_ASSERT(room_.store.begin().ok());
    RC_ASSERT(register_trackings(std::span(&command, 1), room_.store, room_.gateway, room_.random, now_).ok());
    room_.store.rollback();
  }

  // Each line's balance is the sum of all lines to it, and never below nothing; the last one's is the balance. Each
  // number was paid for once in its life.
  void check() {
    const auto lines = *room_.store.ledger().entries(kAccount, 0, 100'000);
    Units sum;
    std::map<std::string, int> paid;
    for (const auto& line : lines) {
      sum += line.amount;
      RC_ASSERT(line.balance == sum);
      RC_ASSERT(sum >= Units{});
      if (!line.number.empty()) ++paid[line.number];
    }
    RC_ASSERT(room_.store.ledger().balance(kAccount)->total() == sum);
    std::vector<ports::TrackingKey> keys;
    for (int i = 0; i < 6; ++i) keys.push_back(testing::key_of(testing::registration("AB00" + std::to_string(i))));
    const auto stored = *room_.store.load(keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      RC_ASSERT(paid[keys[i].folded_number] == (stored[i] ? 1 : 0));
    }
  }

  testing::StoreRoom room_;
  Timestamp now_ = kNoon;
  domain::Allowance allowance_{.metered = true, .monthly = Units::whole(3)};
};

TEST(Ledger, ExplainsEveryUnitOfABalanceWhateverHappens) {
  EXPECT_TRUE(rc::check([] {
    Life life;
    const int deeds = *rc::gen::inRange(1, 60);
    for (int i = 0; i < deeds; ++i) life.live();
  }));
}

}  // namespace
}  // namespace parcelwake::app
