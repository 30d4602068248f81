#include "server/settlement.h"

#include <gtest/gtest.h>

#include "app/accounts/open_account.h"
#include "app/testing/seeded_random.h"
#include "domain/tracking/examples.h"
#include "store/memory/memory_account_store.h"

namespace parcelwake::server {
namespace {

using std::chrono::minutes;

struct CountingGate final : app::WriteGate {
  std::vector<std::size_t> batches;

  void submit(app::WriteRequest request, Done done) override {
    batches.push_back(std::get<app::ChargeBatch>(request).commands.size());
    done(fail(ports::StoreError::Busy));
  }
};

struct Settling : ::testing::Test {
  const Timestamp noon = domain::examples::utc(2024, 3, 1, 12);
  store::MemoryAccountStore* store = nullptr;
  app::KeyDirectory keys{[this] {
    auto made = std::make_unique<store::MemoryAccountStore>();
    store = made.get();
    return made;
  }()};
  CountingGate gate;
  Settlement settlement{keys, gate};
  app::testing::SeededRandom random;

  void open(const std::string& email, const std::string& plan) {
    ASSERT_TRUE(app::open_account({.id = {}, .email = email, .plan = plan}, *store, random, noon).ok());
    ASSERT_TRUE(keys.refresh().ok());
  }
};

TEST_F(Settling, HappensAfterAChangeOfTheAccountsAndOnceInAnHour) {
  open("a@example.com", "free");
  open("b@example.com", "unlimited");
  settlement.run_once(noon);
  settlement.run_once(noon + minutes{59});
  EXPECT_EQ(gate.batches, std::vector<std::size_t>{1});
  settlement.run_once(noon + minutes{60});
  EXPECT_EQ(gate.batches.size(), 2U);
  open("c@example.com", "free");
  settlement.run_once(noon + minutes{61});
  EXPECT_EQ(gate.batches.back(), 2U);
}

TEST_F(Settling, IsNothingWhereNobodyIsMetered) {
  open("b@example.com", "unlimited");
  settlement.run_once(noon);
  EXPECT_TRUE(gate.batches.empty());
}

TEST_F(Settling, NeverHandsInAllAccountsAtOnce) {
  for (int i = 0; i < 501; ++i) open("user" + std::to_string(i) + "@example.com", "free");
  settlement.run_once(noon);
  EXPECT_EQ(gate.batches, (std::vector<std::size_t>{500, 1}));
}

}  // namespace
}  // namespace parcelwake::server
