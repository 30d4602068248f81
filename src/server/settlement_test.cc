#include "server/settlement.h"

#include <gtest/gtest.h>

#include "app/accounts/open_account.h"
#include "app/testing/seeded_random.h"
#include "domain/tracking/examples.h"
#include "store/memory/memory_account_store.h"

namespace parcelwake::server {
namespace {

using std::chrono::minutes;

// Keeps what is handed in until the test says what becomes of it.
struct HeldGate final : app::WriteGate {
  std::vector<std::size_t> batches;
  std::vector<Done> open;

  void submit(app::WriteRequest request, Done done) override {
    batches.push_back(std::get<app::ChargeBatch>(request).commands.size());
    open.push_back(std::move(done));
  }
  void answer(Result<app::WriteOutcome, ports::StoreError> outcome) {
    ASSERT_EQ(open.size(), 1U) << "one at a time";
    const Done done = std::move(open.back());
    open.pop_back();
    done(std::move(outcome));
  }
  void accept() { answer(app::WriteOutcome(app::ChargeOutcomes{})); }
  void refuse() { answer(fail(ports::StoreError::Busy)); }
};

struct Settling : ::testing::Test {
  const Timestamp noon = domain::examples::utc(2024, 3, 1, 12);
  store::MemoryAccountStore* store = nullptr;
  app::KeyDirectory keys{[this] {
    auto made = std::make_unique<store::MemoryAccountStore>();
    store = made.get();
    return made;
  }()};
  HeldGate gate;
  Settlement settlement{keys, gate};
  app::testing::SeededRandom random;

  void open(const std::string& email, const std::string& plan) {
    ASSERT_TRUE(app::open_account({.id = {}, .email = email, .plan = plan}, *store, random, noon).ok());
    ASSERT_TRUE(keys.refresh().ok());
  }
  void open_many(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string email = "user" + std::to_string(i) + "@example.com";
      ASSERT_TRUE(app::open_account({.id = {}, .email = email, .plan = "free"}, *store, random, noon).ok());
    }
    ASSERT_TRUE(keys.refresh().ok());
  }
};

using Batches = std::vector<std::size_t>;

TEST_F(Settling, HappensAfterAChangeOfTheAccountsAndOnceInAnHour) {
  open("a@example.com", "free");
  open("b@example.com", "unlimited");
  settlement.run_once(noon);
  gate.accept();
  settlement.run_once(noon + minutes{59});
  EXPECT_EQ(gate.batches, Batches{1});
  settlement.run_once(noon + minutes{60});
  EXPECT_EQ(gate.batches.size(), 2U);
  gate.accept();
  open("c@example.com", "free");
  settlement.run_once(noon + minutes{61});
  EXPECT_EQ(gate.batches.back(), 2U);
}

TEST_F(Settling, IsNothingWhereNobodyIsMetered) {
  open("b@example.com", "unlimited");
  settlement.run_once(noon);
  EXPECT_TRUE(gate.batches.empty());
}

TEST_F(Settling, HandsInTheNextAccountsWhenThoseBeforeAreDone) {
  open_many(1001);
  settlement.run_once(noon);
  settlement.run_once(noon + minutes{60});
  EXPECT_EQ(gate.batches, Batches{500});
  gate.accept();
  EXPECT_EQ(gate.batches, (Batches{500, 500}));
  gate.accept();
  EXPECT_EQ(gate.batches, (Batches{500, 500, 1}));
  gate.accept();
  EXPECT_TRUE(gate.open.empty());
  settlement.run_once(noon + minutes{61});
  EXPECT_EQ(gate.batches.size(), 4U) << "the hour that began meanwhile is not forgotten";
}

TEST_F(Settling, GoesOnWhereAWriteWasRefused) {
  open_many(501);
  settlement.run_once(noon);
  gate.accept();
  gate.refuse();
  EXPECT_TRUE(gate.open.empty());
  settlement.run_once(noon);
  EXPECT_EQ(gate.batches, (Batches{500, 1, 1}));
  gate.accept();
  settlement.run_once(noon);
  EXPECT_TRUE(gate.open.empty());
}

}  // namespace
}  // namespace parcelwake::server
