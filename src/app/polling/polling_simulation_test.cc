#include <gtest/gtest.h>

#include <map>

#include "app/polling/ask_carriers.h"
#include "app/testing/store_room.h"
#include "app/writing/write_pass.h"
#include "domain/policy/asking.h"
#include "domain/tracking/judgement.h"

namespace parcelwake::app {
namespace {

using domain::Status;
using ports::CarrierError;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::failing;
using testing::kNoon;

// Parcels, their carriers and the poller over two months of virtual time, from a seed.
class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : random_(seed) {
    room_.gateway.script = [this](const ports::CarrierQuestion& question) { return answer(question); };
  }

  void add_parcels(int count) {
    RegisterBatch batch;
    for (int i = 0; i < count; ++i) {
      batch.commands.push_back(testing::registration("SIM" + std::to_string(1000 + i), i % 2 == 0 ? "dhl" : "usps"));
    }
    const auto outcome = run(std::move(batch));
    for (const auto& one : std::get<RegisterOutcomes>(outcome)) ids_.push_back(one->tracking.id);
  }

  void run_until(Timestamp end) {
    while (true) {
      const auto due = *room_.store.next_due();
      if (!due || *due > end) return;
      now_ = std::max(now_, *due);
      claim_and_ask();
    }
  }

  int lost_answers() const { return lost_answers_; }
  int asks() const { return asks_; }
  const std::vector<domain::TrackingId>& ids() const { return ids_; }
  testing::StoreRoom& room() { return room_; }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_.bits() % bound; }

  WriteOutcome run(WriteRequest request) {
    const WriteContext context{.catalogue = room_.catalogue, .gateway = room_.gateway, .random = random_};
    auto outcome = std::move(run_write_pass(std::span(&request, 1), room_.store, context, now_).front());
    EXPECT_TRUE(outcome.ok());
    return *std::move(outcome);
  }

  void claim_and_ask() {
    auto asks = std::get<ClaimOutcome>(run(ClaimCommand{.limit = 7, .lease = kLease}));
    for (const DueAsk& ask : asks) expect_not_too_soon(ask.id);
    ask_carriers(std::move(asks), room_.gateway, [this](AnswerCommand answer) {
      // A poller that dies with the answer in its hands.
      if (below(20) == 0) {
        ++lost_answers_;
        earliest_[answer.id] = now_ + kLease;
        return;
      }
      const domain::TrackingId id = answer.id;
      const bool answered = answer.origin.ok() || answer.origin.error().error == CarrierError::UnknownNumber;
      AnswerBatch batch;
      batch.commands.push_back(std::move(answer));
      const auto outcome = run(std::move(batch));
      expect_pause(*std::get<AnswerOutcomes>(outcome).front(), id, answered);
    });
  }

  void expect_not_too_soon(const domain::TrackingId& id) {
    ++asks_;
    EXPECT_GE(now_, earliest_[id]) << "asked sooner than its interval allows";
  }

  void expect_pause(const domain::Tracking& tracking, const domain::TrackingId& id, bool answered) {
    const auto kind = room_.catalogue.find(tracking.carrier)->kind;
    const auto shortest = answered ? domain::ask_interval(tracking, kind, now_, 0) : minutes{2} * 9 / 10;
    earliest_[id] = now_ + shortest;
  }

  // A parcel is unknown at first, then moves every other day; one in three is delivered some day, the others fall
  // silent. Every fifth ask fails.
  ports::CarrierAnswer answer(const ports::CarrierQuestion& question) {
    if (below(5) == 0) return failing(CarrierError::Unreachable);
    const auto parcel = std::stoul(question.number.text().substr(3));
    const auto age = std::chrono::floor<days>(now_ - question.registered_at).count();
    if (age < static_cast<long>(parcel % 3)) return failing(CarrierError::UnknownNumber);
    std::vector<domain::Checkpoint> checkpoints;
    for (long day = 0; day <= std::min<long>(age, 10); day += 2) {
      checkpoints.push_back(domain::examples::scan(static_cast<unsigned>(1 + day), 8));
    }
    if (parcel % 3 == 0 && age >= 11) {
      checkpoints.push_back(domain::examples::scan_reading(12, 8, domain::examples::kDelivered));
    }
    return domain::examples::report_of(std::move(checkpoints));
  }

  static constexpr minutes kLease{5};

  testing::StoreRoom room_;
  testing::SeededRandom random_;
  Timestamp now_ = kNoon;
  std::vector<domain::TrackingId> ids_;
  std::map<domain::TrackingId, Timestamp> earliest_;
  int asks_ = 0;
  int lost_answers_ = 0;
};

TEST(PollingSimulation, EveryParcelEndsAndNoneIsAskedTooOftenOrLost) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Simulation simulation(seed);
    simulation.add_parcels(20);
    simulation.run_until(kNoon + days{80});
    std::map<Status, int> ended;
    for (const auto& id : simulation.ids()) {
      const domain::Tracking tracking = simulation.room().stored(id);
      EXPECT_TRUE(tracking.asking_ended);
      EXPECT_FALSE(simulation.room().schedule(id));
      ++ended[tracking.status()];
    }
    EXPECT_EQ(ended[Status::Delivered] + ended[Status::Expired], 20);
    EXPECT_EQ(ended[Status::Delivered], 6);
    EXPECT_GT(simulation.lost_answers(), 0);
    EXPECT_GT(simulation.asks(), 20 * 8 * 11);
  }
}

}  // namespace
}  // namespace parcelwake::app
