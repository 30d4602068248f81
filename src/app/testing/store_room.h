#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "app/testing/scripted_gateway.h"
#include "app/testing/seeded_random.h"
#include "app/testing/small_catalogue.h"
#include "app/trackings/register_trackings.h"
#include "domain/tracking/examples.h"
#include "store/memory/memory_tracking_store.h"

namespace parcelwake::app::testing {

inline constexpr domain::AccountId kAccount{7};
inline const Timestamp kNoon = domain::examples::utc(2024, 3, 1, 12);

inline RegisterCommand registration(std::string number, std::string carrier_code = "dhl") {
  return {.account = kAccount,
          .number = domain::TrackingNumber::trusted(std::move(number)),
          .carrier = carrier(std::move(carrier_code)),
          .details = {}};
}

inline ports::TrackingKey key_of(const RegisterCommand& command) {
  return {.account = command.account, .folded_number = command.number.folded(), .carrier = command.carrier};
}

// An empty memory store and what the use cases need beside it.
struct StoreRoom {
  store::MemoryTrackingStore store;
  SmallCatalogue catalogue;
  ScriptedGateway gateway;
  MiddleRandom random;

  // Runs `deed` in a transaction of its own and returns what it gave.
  template <class Deed>
  auto in_transaction(Deed deed) {
    EXPECT_TRUE(store.begin().ok());
    auto outcome = deed();
    EXPECT_TRUE(outcome.ok());
    EXPECT_TRUE(store.commit().ok());
    return *std::move(outcome);
  }

  domain::Tracking add(const RegisterCommand& command, Timestamp now = kNoon) {
    const auto outcomes =
        in_transaction([&] { return register_trackings(std::span(&command, 1), store, gateway, random, now); });
    EXPECT_TRUE(outcomes.front().ok());
    return outcomes.front()->tracking;
  }

  domain::Tracking stored(const domain::TrackingId& id) { return (*store.load(std::span(&id, 1))).front()->tracking; }
  std::optional<ports::Schedule> schedule(const domain::TrackingId& id) {
    return (*store.schedules(std::span(&id, 1))).front();
  }
};

}  // namespace parcelwake::app::testing
