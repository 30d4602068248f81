#include <gtest/gtest.h>

#include "store/contract/example_trackings.h"
#include "store/contract/example_waybills.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

using ports::StoredWaybill;

domain::AirWaybill number(std::string text) { return domain::AirWaybill::trusted(std::move(text)); }

template <class Stores>
class WaybillStoreContract : public testing::Test {
 protected:
  ports::TrackingStore& store() { return *stores_.trackings; }
  ports::WaybillStore& waybills() { return store().waybills(); }

  void keep(std::vector<StoredWaybill> kept) {
    ASSERT_TRUE(store().begin().ok());
    ASSERT_TRUE(waybills().save(kept).ok());
    ASSERT_TRUE(store().commit().ok());
  }
  void forget(Timestamp asked_before, std::size_t most) {
    ASSERT_TRUE(store().begin().ok());
    ASSERT_TRUE(waybills().forget(asked_before, most).ok());
    ASSERT_TRUE(store().commit().ok());
  }
  std::optional<StoredWaybill> find(std::string text) {
    const auto wanted = number(std::move(text));
    return waybills().load(std::span(&wanted, 1))->front();
  }

 private:
  Stores stores_;
};

TYPED_TEST_SUITE(WaybillStoreContract, AllStores);

TYPED_TEST(WaybillStoreContract, WhatIsKeptComesBackInTheOrderAsked) {
  const StoredWaybill full = full_waybill("172-00000033");
  StoredWaybill unknown = full_waybill("000-00000003");
  unknown.shipment.reset();
  this->keep({full, unknown});
  const std::vector wanted = {number("999-99999992"), number("000-00000003"), number("172-00000033")};
  const auto loaded = *this->waybills().load(wanted);
  ASSERT_EQ(loaded.size(), 3U);
  EXPECT_FALSE(loaded[0]);
  EXPECT_EQ(loaded[1], unknown);
  EXPECT_EQ(loaded[2], full);
}

TYPED_TEST(WaybillStoreContract, ANewerAnswerTakesThePlaceOfTheOlder) {
  StoredWaybill waybill = full_waybill("172-00000033");
  this->keep({waybill});
  waybill.asked_at = minute(130);
  waybill.fresh_until = minute(250);
  waybill.shipment->status_code = "DLV";
  waybill.shipment->events.clear();
  this->keep({waybill});
  EXPECT_EQ(this->find("172-00000033"), waybill);
}

TYPED_TEST(WaybillStoreContract, ATransactionThatIsRolledBackNeverHappened) {
  const StoredWaybill before = full_waybill("172-00000033");
  this->keep({before});
  StoredWaybill after = before;
  after.asked_at = minute(7);
  ASSERT_TRUE(this->store().begin().ok());
  ASSERT_TRUE(this->waybills().save(std::vector{after, full_waybill("020-00000003")}).ok());
  EXPECT_EQ(this->find("172-00000033"), after);
  ASSERT_TRUE(this->waybills().forget(minute(100), 10).ok());
  this->store().rollback();
  EXPECT_EQ(this->find("172-00000033"), before);
  EXPECT_FALSE(this->find("020-00000003"));
}

TYPED_TEST(WaybillStoreContract, TheOldestAreForgottenFirstAndNoMoreThanAskedFor) {
  std::vector<StoredWaybill> kept;
  for (const char* text : {"172-00000033", "172-00000014", "172-00000025", "172-00000003"}) {
    kept.push_back(full_waybill(text));
    kept.back().asked_at = minute(static_cast<int>(kept.size()));
  }
  this->keep(kept);
  this->forget(minute(4), 2);
  EXPECT_FALSE(this->find("172-00000033"));
  EXPECT_FALSE(this->find("172-00000014"));
  EXPECT_TRUE(this->find("172-00000025"));
  this->forget(minute(4), 2);
  EXPECT_FALSE(this->find("172-00000025"));
  EXPECT_TRUE(this->find("172-00000003"));
}

TYPED_TEST(WaybillStoreContract, WritingNeedsATransaction) {
  const std::vector kept = {full_waybill("172-00000033")};
  EXPECT_FALSE(this->waybills().save(kept).ok());
  EXPECT_FALSE(this->waybills().forget(minute(100), 10).ok());
  EXPECT_FALSE(this->find("172-00000033"));
}

}  // namespace
}  // namespace parcelwake::store
