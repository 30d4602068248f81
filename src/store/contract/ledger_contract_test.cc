#include <gtest/gtest.h>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

using domain::AccountId;
using domain::Balance;
using domain::LedgerEntry;
using domain::LedgerKind;
using domain::Units;

constexpr AccountId kAnn{1};
constexpr AccountId kBob{2};

const Balance kSome{
    .granted = Units::tenths(48), .purchased = Units::tenths(7), .month_grant = Units::whole(5), .month = 24290};

LedgerEntry line(AccountId account, std::string number, std::int64_t tenths) {
  return {.account = account,
          .at = minute(3),
          .kind = LedgerKind::Create,
          .amount = Units::tenths(tenths),
          .number = std::move(number),
          .carrier = "dhl",
          .note = "a note, „quoted“",
          .balance = Units::tenths(55)};
}

template <class Stores>
class LedgerContract : public testing::Test {
 protected:
  ports::TrackingStore& store() { return *stores_.trackings; }
  ports::LedgerStore& ledger() { return store().ledger(); }
  void post(AccountId account, const Balance& after, const std::vector<LedgerEntry>& lines) {
    ASSERT_TRUE(store().begin());
    ASSERT_TRUE(ledger().post(account, after, lines));
    ASSERT_TRUE(store().commit());
  }

 private:
  Stores stores_;
};

TYPED_TEST_SUITE(LedgerContract, AllStores);

TYPED_TEST(LedgerContract, WhoNeverHadAnyHasNothing) {
  EXPECT_EQ(*this->ledger().balance(kAnn), Balance{});
  EXPECT_TRUE(this->ledger().entries(kAnn, 0, 10)->empty());
}

TYPED_TEST(LedgerContract, BalanceAndLinesAreKeptByAccountInTheirOrder) {
  this->post(kAnn, kSome, {line(kAnn, "AB001", -10), line(kAnn, "AB002", 500)});
  this->post(kBob, Balance{}, {line(kBob, "AB003", -10)});
  const Balance later{.granted = Units::tenths(1), .purchased = Units{}, .month_grant = Units{}, .month = 1};
  this->post(kAnn, later, {line(kAnn, "", -1)});
  EXPECT_EQ(*this->ledger().balance(kAnn), later);
  EXPECT_EQ(*this->ledger().balance(kBob), Balance{});
  auto lines = *this->ledger().entries(kAnn, 0, 10);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_LT(lines[0].id, lines[1].id);
  EXPECT_LT(lines[1].id, lines[2].id);
  const std::int64_t first = lines[0].id;
  LedgerEntry expected = line(kAnn, "AB001", -10);
  expected.id = first;
  EXPECT_EQ(lines[0], expected);
  EXPECT_EQ(lines[1].amount, Units::tenths(500));
  EXPECT_EQ(lines[2].number, "");
  const auto second = *this->ledger().entries(kAnn, first, 1);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].number, "AB002");
}

TYPED_TEST(LedgerContract, TheHeadIsTheBalanceAndTheLineThatMadeIt) {
  EXPECT_EQ(this->ledger().head(kAnn)->last_line, 0);
  this->post(kAnn, kSome, {line(kAnn, "AB001", -10), line(kAnn, "AB002", 500)});
  this->post(kBob, Balance{}, {line(kBob, "AB003", -10)});
  const auto head = *this->ledger().head(kAnn);
  EXPECT_EQ(head.balance, kSome);
  EXPECT_EQ(head.last_line, this->ledger().entries(kAnn, 0, 10)->back().id);
  EXPECT_GT(this->ledger().head(kBob)->last_line, head.last_line);
}

TYPED_TEST(LedgerContract, ABalanceIsReadWithinItsTransaction) {
  ASSERT_TRUE(this->store().begin());
  ASSERT_TRUE(this->ledger().post(kAnn, kSome, {}));
  EXPECT_EQ(*this->ledger().balance(kAnn), kSome);
  ASSERT_TRUE(this->store().commit());
  EXPECT_EQ(*this->ledger().balance(kAnn), kSome);
}

TYPED_TEST(LedgerContract, WhatIsRolledBackNeverWas) {
  this->post(kAnn, kSome, {line(kAnn, "AB001", -10)});
  ASSERT_TRUE(this->store().begin());
  const LedgerEntry lost = line(kAnn, "AB002", -10);
  ASSERT_TRUE(this->ledger().post(kAnn, Balance{}, std::span(&lost, 1)));
  ASSERT_TRUE(this->ledger().post(kBob, kSome, {}));
  this->store().rollback();
  EXPECT_EQ(*this->ledger().balance(kAnn), kSome);
  EXPECT_EQ(*this->ledger().balance(kBob), Balance{});
  EXPECT_EQ(this->ledger().entries(kAnn, 0, 10)->size(), 1U);
}

TYPED_TEST(LedgerContract, NothingIsPostedOutsideATransaction) {
  EXPECT_FALSE(this->ledger().post(kAnn, kSome, {}).ok());
  EXPECT_EQ(*this->ledger().balance(kAnn), Balance{});
}

}  // namespace
}  // namespace parcelwake::store
