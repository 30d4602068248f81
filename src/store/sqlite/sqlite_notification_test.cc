#include <gtest/gtest.h>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

struct SqliteNotifications : ::testing::Test {
  TemporaryFolder folder;
  const bool migrated = migrate(options_for(folder)).ok();
  SqliteTrackingStore store{*open_current(options_for(folder), SqliteAccess::Write)};

  static domain::EndpointId add_to(SqliteTrackingStore& to) {
    domain::Endpoint endpoint;
    endpoint.account = {1};
    endpoint.url = "https://example.org/";
    EXPECT_TRUE(to.begin().ok());
    const auto added = to.notifications().add_endpoint(endpoint);
    EXPECT_TRUE(to.commit().ok());
    return added->id;
  }
  bool listening_in_a_transaction() {
    EXPECT_TRUE(store.begin().ok());
    const bool listening = *store.notifications().is_listening({1});
    EXPECT_TRUE(store.commit().ok());
    return listening;
  }
};

TEST_F(SqliteNotifications, WhatAnotherConnectionAddsListensFromTheNextTransactionOn) {
  EXPECT_FALSE(listening_in_a_transaction());
  SqliteTrackingStore other{*open_current(options_for(folder), SqliteAccess::Write)};
  const auto id = add_to(other);
  EXPECT_TRUE(listening_in_a_transaction());
  ASSERT_TRUE(other.begin().ok());
  ASSERT_TRUE(*other.notifications().remove_endpoint(id));
  ASSERT_TRUE(other.commit().ok());
  EXPECT_FALSE(listening_in_a_transaction());
}

TEST_F(SqliteNotifications, ADeliveryThatCannotBeReadIsDroppedAndHoldsUpNoOther) {
  const auto endpoint = add_to(store);
  auto& notifications = store.notifications();
  ASSERT_TRUE(store.begin().ok());
  domain::Notice notice{.tracking = example_tracking("A1"), .changed_at = minute(1), .sequence = 0};
  ASSERT_TRUE(notifications.note(std::vector{notice, notice}).ok());
  const auto noted = *notifications.noted(10);
  for (const auto& change : noted) {
    ASSERT_TRUE(notifications.fan_out(change.id, std::span(&endpoint, 1), minute(2)).ok());
  }
  ASSERT_TRUE(store.commit().ok());
  ASSERT_TRUE(store.database().execute("UPDATE delivery SET snapshot = x'0102' WHERE sequence = 1").ok());

  const auto claim = [&] {
    EXPECT_TRUE(store.begin().ok());
    auto claimed = notifications.claim({.deliveries = 10, .per_endpoint = 10, .under_way = {}}, minute(2), minute(3));
    EXPECT_TRUE(store.commit().ok());
    return *std::move(claimed);
  };
  EXPECT_TRUE(claim().empty());
  const auto next = claim();
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].notice.sequence, 2);
}

}  // namespace
}  // namespace parcelwake::store
