#include <gtest/gtest.h>

#include <algorithm>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

using domain::Delivery;
using domain::DeliveryId;
using domain::Endpoint;
using domain::EndpointId;
using domain::Notice;
using domain::Status;

constexpr domain::AccountId kAccount{1};
constexpr domain::AccountId kOther{2};

Endpoint example_endpoint(domain::AccountId account = kAccount) {
  Endpoint endpoint{.id = {},
                    .account = account,
                    .url = "https://example.org/hook?key=1",
                    .dialect = "trackingmore-v2",
                    .statuses = {Status::Transit, Status::Delivered},
                    .secret = {},
                    .created_at = minute(0),
                    .disabled = domain::Disabled::No,
                    .failing_since = minute(5),
                    .last_tried = minute(6),
                    .last_outcome = "503"};
  endpoint.secret.fill(7);
  return endpoint;
}

Notice notice_of(std::string_view number, Status status, int at, domain::AccountId account = kAccount) {
  Notice notice{.tracking = example_tracking(number, "ups", account.value), .changed_at = minute(at), .sequence = 0};
  notice.tracking.computed_status = status;
  return notice;
}

template <class Stores>
class NotificationStoreContract : public testing::Test {
 protected:
  ports::TrackingStore& store() { return *stores_.trackings; }
  ports::NotificationStore& notifications() { return store().notifications(); }

  template <class Deed>
  auto written(Deed deed) {
    EXPECT_TRUE(store().begin().ok());
    auto outcome = deed(notifications());
    EXPECT_TRUE(outcome.ok());
    EXPECT_TRUE(store().commit().ok());
    return outcome;
  }
  EndpointId add(const Endpoint& endpoint = example_endpoint()) {
    return written([&](auto& store) { return store.add_endpoint(endpoint); })->id;
  }
  void note(const std::vector<Notice>& notices) {
    (void)written([&](auto& store) { return store.note(notices); });
  }
  void fan_out(const std::vector<EndpointId>& endpoints, int at = 10) {
    const auto noted = *notifications().noted(100);
    for (const auto& change : noted) {
      (void)written([&](auto& store) { return store.fan_out(change.id, endpoints, minute(at)); });
    }
  }
  std::vector<Delivery> claim(int now = 10,
                              ports::ClaimLimits limits = {.deliveries = 100, .per_endpoint = 100, .under_way = {}}) {
    return *written([&](auto& store) { return store.claim(limits, minute(now), minute(now + 1)); });
  }
  void finish(const Delivery& delivery, int now = 10) {
    (void)written([&](auto& store) { return store.finish(std::vector{delivery.id}, minute(now)); });
  }

 private:
  Stores stores_;
};

std::vector<std::pair<std::string, std::int64_t>> told_by(const std::vector<Delivery>& deliveries) {
  std::vector<std::pair<std::string, std::int64_t>> told;
  for (const Delivery& one : deliveries) told.emplace_back(one.notice.tracking.number.text(), one.notice.sequence);
  std::sort(told.begin(), told.end());
  return told;
}
using Told = std::vector<std::pair<std::string, std::int64_t>>;

TYPED_TEST_SUITE(NotificationStoreContract, AllStores);

TYPED_TEST(NotificationStoreContract, EndpointsComeBackAsTheyWereKept) {
  Endpoint first = example_endpoint();
  Endpoint second = example_endpoint(kOther);
  second.failing_since.reset();
  second.last_tried.reset();
  second.statuses = {};
  first.id = this->add(first);
  second.id = this->add(second);
  EXPECT_EQ(*this->notifications().endpoints(), (std::vector{first, second}));
  second.disabled = domain::Disabled::Gone;
  second.last_tried = minute(9);
  second.last_outcome = "410";
  EXPECT_TRUE(*this->written([&](auto& store) { return store.update_endpoint(second); }));
  EXPECT_TRUE(*this->written([&](auto& store) { return store.remove_endpoint(first.id); }));
  EXPECT_FALSE(*this->written([&](auto& store) { return store.remove_endpoint(first.id); }));
  EXPECT_FALSE(*this->written([&](auto& store) { return store.update_endpoint(first); }));
  EXPECT_EQ(*this->notifications().endpoints(), std::vector{second});
  EXPECT_GT(this->add(), second.id);  // an id is given once
}

TYPED_TEST(NotificationStoreContract, AnAccountListensWhileItHasAnEnabledEndpoint) {
  EXPECT_FALSE(*this->notifications().is_listening(kAccount));
  Endpoint endpoint = example_endpoint();
  endpoint.id = this->add(endpoint);
  EXPECT_TRUE(*this->notifications().is_listening(kAccount));
  EXPECT_FALSE(*this->notifications().is_listening(kOther));
  endpoint.disabled = domain::Disabled::Failing;
  (void)this->written([&](auto& store) { return store.update_endpoint(endpoint); });
  EXPECT_FALSE(*this->notifications().is_listening(kAccount));
}

TYPED_TEST(NotificationStoreContract, WhatIsRolledBackNeverHappened) {
  const EndpointId endpoint = this->add();
  ASSERT_TRUE(this->store().begin().ok());
  ASSERT_TRUE(this->notifications().add_endpoint(example_endpoint(kOther)).ok());
  EXPECT_TRUE(*this->notifications().is_listening(kOther));
  ASSERT_TRUE(this->notifications().note(std::vector{notice_of("A1", Status::Transit, 1)}).ok());
  this->store().rollback();
  EXPECT_FALSE(*this->notifications().is_listening(kOther));
  EXPECT_TRUE(this->notifications().noted(10)->empty());
  this->note({notice_of("A1", Status::Transit, 1)});
  this->fan_out({endpoint});
  EXPECT_EQ(told_by(this->claim()), (Told{{"A1", 1}}));
}

TYPED_TEST(NotificationStoreContract, ChangesAreNumberedByTrackingAndTellAccountAndStatus) {
  this->note({notice_of("A1", Status::Transit, 1), notice_of("B2", Status::Pickup, 1, kOther)});
  this->note({notice_of("A1", Status::Delivered, 2)});
  const auto noted = *this->notifications().noted(10);
  ASSERT_EQ(noted.size(), 3U);
  EXPECT_EQ(noted[0].account, kAccount);
  EXPECT_EQ(noted[0].status, Status::Transit);
  EXPECT_EQ(noted[1].account, kOther);
  EXPECT_EQ(noted[2].status, Status::Delivered);
  EXPECT_EQ(this->notifications().noted(2)->size(), 2U);
  const EndpointId endpoint = this->add();
  this->fan_out({endpoint});
  EXPECT_TRUE(this->notifications().noted(10)->empty());
  EXPECT_EQ(told_by(this->claim()), (Told{{"A1", 1}, {"B2", 1}}));
}

TYPED_TEST(NotificationStoreContract, AChangeIsToldAsItWasWhateverBecameOfTheTracking) {
  const EndpointId endpoint = this->add();
  Notice notice{.tracking = full_tracking("EA123456785CN"), .changed_at = minute(3), .sequence = 0};
  this->note({notice});
  this->fan_out({endpoint});
  const auto claimed = this->claim();
  ASSERT_EQ(claimed.size(), 1U);
  notice.sequence = 1;
  EXPECT_EQ(claimed.front().notice, notice);
  EXPECT_EQ(claimed.front().endpoint, endpoint);
  EXPECT_EQ(claimed.front().failures, 0U);
}

TYPED_TEST(NotificationStoreContract, WhatIsClaimedIsDueAgainWhenItsLeaseRunsOut) {
  this->note({notice_of("A1", Status::Transit, 1)});
  this->fan_out({this->add()});
  EXPECT_TRUE(this->claim(9).empty());
  EXPECT_EQ(this->claim(10).size(), 1U);
  EXPECT_TRUE(this->claim(10).empty());
  EXPECT_EQ(this->claim(11).size(), 1U);
}

TYPED_TEST(NotificationStoreContract, OfATrackingOnlyTheOldestIsClaimedAndOthersGoOn) {
  const EndpointId endpoint = this->add();
  this->note({notice_of("A1", Status::Transit, 1), notice_of("A1", Status::Pickup, 2),
              notice_of("A1", Status::Delivered, 3), notice_of("B2", Status::Transit, 3)});
  this->fan_out({endpoint});
  auto claimed = this->claim();
  EXPECT_EQ(told_by(claimed), (Told{{"A1", 1}, {"B2", 1}}));
  this->finish(claimed[0].notice.tracking.number.text() == "A1" ? claimed[0] : claimed[1]);
  claimed = this->claim();
  EXPECT_EQ(told_by(claimed), (Told{{"A1", 2}}));
  // Put off, it still holds the third one back.
  const ports::PutOff later{.delivery = claimed[0].id, .failures = 1, .due_at = minute(30)};
  (void)this->written([&](auto& store) { return store.put_off(std::vector{later}); });
  EXPECT_EQ(told_by(this->claim(29)), (Told{{"B2", 1}}));
  claimed = this->claim(30);
  ASSERT_EQ(told_by(claimed), (Told{{"A1", 2}, {"B2", 1}}));
  EXPECT_EQ(std::max(claimed[0].failures, claimed[1].failures), 1U);
}

TYPED_TEST(NotificationStoreContract, ANewChangeWaitsBehindOneThatIsUnderWay) {
  const EndpointId endpoint = this->add();
  this->note({notice_of("A1", Status::Transit, 1)});
  this->fan_out({endpoint});
  const auto first = this->claim();
  this->note({notice_of("A1", Status::Delivered, 2)});
  this->fan_out({endpoint});
  EXPECT_TRUE(this->claim().empty());
  this->finish(first[0]);
  EXPECT_EQ(told_by(this->claim()), (Told{{"A1", 2}}));
  this->finish(first[0]);  // not there any more
}

TYPED_TEST(NotificationStoreContract, EachEndpointHasItsOwnOrder) {
  const EndpointId slow = this->add();
  const EndpointId quick = this->add();
  this->note({notice_of("A1", Status::Transit, 1), notice_of("A1", Status::Delivered, 2)});
  this->fan_out({slow, quick});
  for (const Delivery& delivery : this->claim()) {
    if (delivery.endpoint == quick) this->finish(delivery);
  }
  const auto next = this->claim();
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].endpoint, quick);
  EXPECT_EQ(next[0].notice.sequence, 2);
}

TYPED_TEST(NotificationStoreContract, AnEndpointThatStallsLeavesRoomForOthers) {
  const EndpointId stalled = this->add();
  const EndpointId quick = this->add();
  this->note({notice_of("A1", Status::Transit, 1), notice_of("B2", Status::Transit, 1),
              notice_of("C3", Status::Transit, 1), notice_of("D4", Status::Transit, 1)});
  this->fan_out({stalled, quick});
  const auto count_of = [](const std::vector<Delivery>& claimed, EndpointId endpoint) {
    return std::count_if(claimed.begin(), claimed.end(), [&](const Delivery& d) { return d.endpoint == endpoint; });
  };
  auto claimed = this->claim(10, {.deliveries = 100, .per_endpoint = 3, .under_way = {{stalled, 2}}});
  EXPECT_EQ(count_of(claimed, stalled), 1);
  EXPECT_EQ(count_of(claimed, quick), 3);
  claimed = this->claim(10, {.deliveries = 1, .per_endpoint = 3, .under_way = {{stalled, 3}}});
  EXPECT_EQ(count_of(claimed, stalled), 0);
  EXPECT_EQ(count_of(claimed, quick), 1);
}

TYPED_TEST(NotificationStoreContract, DeliveriesGoWithTheirEndpoint) {
  const EndpointId endpoint = this->add();
  const EndpointId other = this->add();
  this->note({notice_of("A1", Status::Transit, 1), notice_of("B2", Status::Transit, 1)});
  this->fan_out({endpoint, other});
  EXPECT_EQ(*this->notifications().pending(endpoint), 2);
  EXPECT_EQ(*this->written([&](auto& store) { return store.drop_deliveries(endpoint); }), 2);
  EXPECT_EQ(*this->notifications().pending(endpoint), 0);
  (void)this->written([&](auto& store) { return store.remove_endpoint(other); });
  EXPECT_TRUE(this->claim().empty());
}

TYPED_TEST(NotificationStoreContract, WritingNeedsATransaction) {
  auto& store = this->notifications();
  EXPECT_FALSE(store.add_endpoint(example_endpoint()).ok());
  EXPECT_FALSE(store.update_endpoint(example_endpoint()).ok());
  EXPECT_FALSE(store.remove_endpoint({1}).ok());
  EXPECT_FALSE(store.note(std::vector{notice_of("A1", Status::Transit, 1)}).ok());
  EXPECT_FALSE(store.fan_out({1}, {}, minute(1)).ok());
  EXPECT_FALSE(store.claim({}, minute(1), minute(2)).ok());
  EXPECT_FALSE(store.finish(std::vector{DeliveryId{1}}, minute(1)).ok());
  EXPECT_FALSE(store.put_off({}).ok());
  EXPECT_FALSE(store.drop_deliveries({1}).ok());
}

}  // namespace
}  // namespace parcelwake::store
