#include "app/notifications/change_endpoints.h"

#include <gtest/gtest.h>

#include "app/testing/refusing_store.h"
#include "app/testing/store_room.h"
#include "store/memory/memory_account_store.h"

namespace parcelwake::app {
namespace {

using domain::Endpoint;
using testing::kNoon;

struct ChangeEndpoints : ::testing::Test {
  testing::StoreRoom room;
  store::MemoryAccountStore accounts;
  const domain::AccountId account = accounts.add_account(domain::Account{})->id;

  Result<Endpoint, EndpointError> add(std::string url = "https://shop.example/hook") {
    return add_endpoint({.account = account, .url = std::move(url), .dialect = "trackingmore-v2", .statuses = {}},
                        room.store, accounts, room.random, kNoon);
  }
};

TEST_F(ChangeEndpoints, AnEndpointIsEnabledAndHasASecret) {
  const auto added = add();
  ASSERT_TRUE(added.ok());
  EXPECT_TRUE(added->enabled());
  EXPECT_EQ(added->created_at, kNoon);
  EXPECT_NE(added->secret, domain::EndpointSecret{});
  EXPECT_EQ(*find_endpoint(added->id, room.store), *added);
}

TEST_F(ChangeEndpoints, WhatCannotBeAddedIsRefused) {
  EXPECT_EQ(add("mailto:a@example.org").error(), EndpointError::UrlMalformed);
  const NewEndpoint of_nobody{.account = {99}, .url = "https://a/", .dialect = "trackingmore-v2", .statuses = {}};
  EXPECT_EQ(add_endpoint(of_nobody, room.store, accounts, room.random, kNoon).error(), EndpointError::AccountUnknown);
  for (std::size_t i = 0; i < domain::kMostEndpoints; ++i) EXPECT_TRUE(add().ok());
  EXPECT_EQ(add().error(), EndpointError::TooMany);
}

TEST_F(ChangeEndpoints, RemovingAndEnablingNeedAnEndpoint) {
  const auto id = add()->id;
  EXPECT_TRUE(remove_endpoint(id, room.store).ok());
  EXPECT_EQ(remove_endpoint(id, room.store).error(), EndpointError::EndpointUnknown);
  EXPECT_EQ(enable_endpoint(id, room.store).error(), EndpointError::EndpointUnknown);
}

TEST_F(ChangeEndpoints, EnablingForgetsFailures) {
  Endpoint endpoint = *add();
  endpoint.disabled = domain::Disabled::Failing;
  endpoint.failing_since = kNoon;
  room.in_transaction([&] { return room.store.notifications().update_endpoint(endpoint); });
  const auto enabled = enable_endpoint(endpoint.id, room.store);
  ASSERT_TRUE(enabled.ok());
  EXPECT_TRUE(find_endpoint(endpoint.id, room.store)->enabled());
  EXPECT_FALSE(find_endpoint(endpoint.id, room.store)->failing_since);
}

TEST_F(ChangeEndpoints, AStoreThatFailsChangesNothing) {
  testing::RefusingStore store(room.store);
  store.refused = testing::RefusingStore::Deed::Commit;
  const NewEndpoint wanted{.account = account, .url = "https://a/", .dialect = "trackingmore-v2", .statuses = {}};
  EXPECT_EQ(add_endpoint(wanted, store, accounts, room.random, kNoon).error(), EndpointError::StoreFailed);
  EXPECT_TRUE(room.store.notifications().endpoints()->empty());
}

}  // namespace
}  // namespace parcelwake::app
