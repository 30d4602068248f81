#include "app/accounts/charge.h"

#include <gtest/gtest.h>

#include "app/accounts/purses.h"
#include "app/testing/store_room.h"
#include "app/trackings/realtime.h"
#include "app/trackings/update_trackings.h"
#include "app/writing/write_gate.h"

namespace parcelwake::app {
namespace {

using domain::LedgerKind;
using domain::Units;
using testing::kAccount;
using testing::kNoon;
using testing::registration;

domain::Allowance allowing(std::int64_t units) { return {.metered = true, .monthly = Units::whole(units)}; }

// Fails the test when an account that pays for nothing makes a statement.
class ForbiddenLedger final : public ports::LedgerStore {
 public:
  Result<domain::Balance, ports::StoreError> balance(domain::AccountId) override { return refuse(); }
  Result<ports::LedgerHead, ports::StoreError> head(domain::AccountId) override { return refuse(); }
  Result<std::vector<domain::LedgerEntry>, ports::StoreError> entries(domain::AccountId, std::int64_t,
                                                                      std::int64_t) override {
    return refuse();
  }
  Result<void, ports::StoreError> post(domain::AccountId, const domain::Balance&,
                                       std::span<const domain::LedgerEntry>) override {
    return refuse();
  }

 private:
  Failure<ports::StoreError> refuse() {
    ADD_FAILURE() << "the ledger was asked";
    return fail(ports::StoreError::Broken);
  }
};

struct Charging : ::testing::Test {
  testing::StoreRoom room;

  Result<domain::Balance, AdjustmentError> adjust(Units amount, const domain::Allowance& allowance,
                                                  std::string_view note = "") {
    return adjust_balance(kAccount, allowance, amount, note, room.store, kNoon);
  }

  RegisterCommand command(std::string number, std::int64_t units) {
    RegisterCommand made = registration(std::move(number));
    made.allowance = allowing(units);
    return made;
  }
  std::vector<std::optional<RegisterError>> create(const std::vector<RegisterCommand>& commands) {
    const auto outcomes =
        room.in_transaction([&] { return register_trackings(commands, room.store, room.gateway, room.random, kNoon); });
    std::vector<std::optional<RegisterError>> errors;
    for (const auto& outcome : outcomes) errors.push_back(outcome ? std::nullopt : std::optional(outcome.error()));
    return errors;
  }
  std::optional<RegisterError> realtime(const RegisterCommand& command) {
    const auto starts = room.in_transaction(
        [&] { return begin_realtime(std::span(&command, 1), room.store, room.gateway, room.random, kNoon); });
    return starts.front() ? std::nullopt : std::optional(starts.front().error());
  }
  bool charge_one(LedgerKind kind, Units cost, std::int64_t units) {
    const ChargeCommand command{
        .account = kAccount, .allowance = allowing(units), .kind = kind, .cost = cost, .note = "a call"};
    return room.in_transaction([&] { return charge_accounts(std::span(&command, 1), room.store, kNoon); }).front().ok();
  }
  void drop(const RegisterCommand& command) {
    const DeleteCommand deletion{.key = testing::key_of(command), .expected = {}};
    room.in_transaction([&] { return delete_trackings(std::span(&deletion, 1), room.store); });
  }
  Units left() { return room.store.ledger().balance(kAccount)->total(); }
  std::vector<std::pair<LedgerKind, Units>> ledger() {
    std::vector<std::pair<LedgerKind, Units>> lines;
    const auto entries = room.store.ledger().entries(kAccount, 0, 1000);
    for (const auto& line : *entries) lines.emplace_back(line.kind, line.amount);
    return lines;
  }
};

TEST_F(Charging, OnlyRowsThatAreAddedAreChargedAndABatchAddsWhatCanBePaidFor) {
  const auto errors = create({command("AB001", 2), command("AB001", 2), command("AB002", 2), command("AB003", 2)});
  EXPECT_EQ(errors, (std::vector<std::optional<RegisterError>>{std::nullopt, RegisterError::AlreadyTracked,
                                                               std::nullopt, RegisterError::BalanceTooLow}));
  EXPECT_EQ(left(), Units{});
  const auto lines = *room.store.ledger().entries(kAccount, 0, 10);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].kind, LedgerKind::MonthlyGrant);
  EXPECT_EQ(lines[0].balance, Units::whole(2));
  EXPECT_EQ(lines[2].kind, LedgerKind::Create);
  EXPECT_EQ(lines[2].number, "AB002");
  EXPECT_EQ(lines[2].carrier, "dhl");
  EXPECT_EQ(lines[2].balance, Units{});
}

TEST_F(Charging, AddingADeletedNumberAgainIsFreeAndDeletingRefundsNothing) {
  EXPECT_EQ(create({command("AB001", 1)}).front(), std::nullopt);
  drop(command("AB001", 1));
  EXPECT_EQ(left(), Units{});
  EXPECT_EQ(create({command("AB001", 1)}).front(), std::nullopt);
  EXPECT_EQ(left(), Units{});
  EXPECT_EQ(ledger().size(), 2U);
}

TEST_F(Charging, WithNothingLeftTheQuotaIsToldBeforeTheNumber) {
  create({command("AB001", 1)});
  EXPECT_EQ(create({command("AB001", 1)}).front(), RegisterError::BalanceTooLow);
}

TEST_F(Charging, RealtimePaysForNewNumbersAndStopsWhereNothingIsLeft) {
  EXPECT_EQ(realtime(command("AB001", 2)), std::nullopt);
  EXPECT_EQ(realtime(command("AB001", 2)), std::nullopt);
  EXPECT_EQ(left(), Units::whole(1));
  ASSERT_TRUE(charge_one(LedgerKind::Detect, domain::kCostOfDetection, 2));
  EXPECT_EQ(realtime(command("AB002", 2)), RegisterError::BalanceTooLow) << "0.8 is no number's price";
  EXPECT_EQ(realtime(command("AB001", 2)), std::nullopt) << "but enough for a number that is there";
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(charge_one(LedgerKind::Detect, domain::kCostOfDetection, 2));
  EXPECT_EQ(realtime(command("AB001", 2)), RegisterError::BalanceTooLow);
  EXPECT_EQ(ledger()[1], (std::pair{LedgerKind::RealtimeCreate, Units::whole(-1)}));
}

TEST_F(Charging, ACallIsPaidWhollyOrNotAtAll) {
  EXPECT_FALSE(charge_one(LedgerKind::AirCargo, domain::kCostOfWaybill, 19));
  EXPECT_EQ(left(), Units::whole(19)) << "the grant was due all the same";
  EXPECT_TRUE(charge_one(LedgerKind::AirCargo, domain::kCostOfWaybill, 20));
  EXPECT_EQ(left(), Units{});
}

TEST_F(Charging, NothingToPayOnlySettles) {
  EXPECT_TRUE(charge_one(LedgerKind::Detect, Units{}, 5));
  EXPECT_EQ(ledger(), (std::vector{std::pair{LedgerKind::MonthlyGrant, Units::whole(5)}}));
}

TEST_F(Charging, AnAccountWithoutALimitNeverTouchesTheLedger) {
  ForbiddenLedger forbidden;
  Purses purses(forbidden, kNoon);
  const auto purse = purses.of(kAccount, {});
  ASSERT_TRUE(purse.ok());
  EXPECT_TRUE((*purse)->can_pay(Units::whole(1'000'000)));
  EXPECT_TRUE((*purse)->pay({.kind = LedgerKind::Create, .cost = Units::whole(1'000'000)}));
  EXPECT_FALSE((*purse)->is_empty());
  EXPECT_TRUE(purses.keep().ok());
}

TEST_F(Charging, ByHandCreditsAndTakesBack) {
  EXPECT_EQ(adjust(Units::whole(10), {}, "invoice 7")->total(), Units::whole(10));
  EXPECT_EQ(adjust(Units::tenths(-5), {})->total(), Units::tenths(95));
  EXPECT_EQ(adjust(Units::whole(-10), {}).error(), AdjustmentError::BalanceTooLow);
  EXPECT_EQ(left(), Units::tenths(95));
  EXPECT_EQ(ledger(), (std::vector{std::pair{LedgerKind::Purchase, Units::whole(10)},
                                   std::pair{LedgerKind::Adjustment, Units::tenths(-5)}}));
}

TEST_F(Charging, ByHandGrantsTheMonthFirst) {
  EXPECT_EQ(adjust(Units::whole(10), allowing(5), "invoice 7")->total(), Units::whole(15));
  EXPECT_EQ(adjust(Units::whole(-12), allowing(5))->total(), Units::whole(3));
  EXPECT_EQ(ledger(), (std::vector{std::pair{LedgerKind::MonthlyGrant, Units::whole(5)},
                                   std::pair{LedgerKind::Purchase, Units::whole(10)},
                                   std::pair{LedgerKind::Adjustment, Units::whole(-12)}}));
}

TEST_F(Charging, ByHandTakesNothingOfATrialThatIsOver) {
  ASSERT_TRUE(charge_one(LedgerKind::Detect, Units{}, 5));
  domain::Allowance over = allowing(5);
  over.ends = kNoon;
  EXPECT_EQ(adjust(Units::whole(-1), over).error(), AdjustmentError::BalanceTooLow);
  EXPECT_EQ(left(), Units::whole(5)) << "what was refused moved nothing";
  EXPECT_EQ(adjust(Units::whole(2), over)->total(), Units::whole(2));
  EXPECT_EQ(ledger(), (std::vector{std::pair{LedgerKind::MonthlyGrant, Units::whole(5)},
                                   std::pair{LedgerKind::Lapse, Units::whole(-5)},
                                   std::pair{LedgerKind::Purchase, Units::whole(2)}}));
}

// Carries out each request at once.
struct ImmediateGate final : WriteGate {
  testing::StoreRoom& room;
  int requests = 0;

  explicit ImmediateGate(testing::StoreRoom& of) : room(of) {}
  void submit(WriteRequest request, Done done) override {
    ++requests;
    const WriteContext context{.catalogue = room.catalogue, .gateway = room.gateway, .random = room.random};
    done(std::move(run_write_pass(std::span(&request, 1), room.store, context, kNoon).front()));
  }
};

TEST_F(Charging, ThroughTheGateCallsBackOnceAndWithoutAWriteForWhoPaysNothing) {
  ImmediateGate gate(room);
  int charged = 0;
  int refused = 0;
  const auto done = [&](const auto& outcome) { ++(outcome ? charged : refused); };
  charge({.account = kAccount, .cost = Units::whole(1)}, gate, done);
  EXPECT_EQ(charged, 1);
  EXPECT_EQ(gate.requests, 0);
  charge({.account = kAccount, .allowance = allowing(1), .cost = Units::whole(1)}, gate, done);
  EXPECT_EQ(charged, 2);
  charge({.account = kAccount, .allowance = allowing(1), .cost = Units::whole(1)}, gate, done);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(gate.requests, 2);
}

}  // namespace
}  // namespace parcelwake::app
