#include "app/writing/write_pass.h"

#include <gtest/gtest.h>

#include "app/testing/refusing_store.h"
#include "app/testing/store_room.h"

namespace parcelwake::app {
namespace {

using testing::carrier;
using testing::key_of;
using testing::kNoon;
using testing::RefusingStore;
using testing::registration;
using testing::StoreRoom;

struct WritePass : ::testing::Test {
  StoreRoom room;
  RefusingStore store{room.store};
  const WriteContext context{.catalogue = room.catalogue, .gateway = room.gateway, .random = room.random};
  std::vector<WriteRequest> requests;

  std::vector<Result<WriteOutcome, ports::StoreError>> run(Timestamp now = kNoon) {
    return run_write_pass(requests, store, context, now);
  }
  void add_register(std::vector<std::string> numbers) {
    RegisterBatch batch;
    for (std::string& number : numbers) batch.commands.push_back(registration(std::move(number)));
    requests.emplace_back(std::move(batch));
  }
  std::int64_t kept() {
    ports::ListFilter filter;
    filter.account = testing::kAccount;
    return room.store.list(filter, 0, 100)->total;
  }
};

template <class Outcomes>
const Outcomes& as(const Result<WriteOutcome, ports::StoreError>& result) {
  return std::get<Outcomes>(*result);
}

TEST_F(WritePass, DealsOutcomesToTheirCallers) {
  const domain::Tracking known = room.add(registration("AB000"));
  add_register({"AB001", "AB000", "AB002"});
  UpdateCommand update{.key = key_of(registration("AB000")), .details = {}, .archived = true, .status = {}};
  requests.emplace_back(UpdateBatch{{update}});
  add_register({});
  requests.emplace_back(WakeWaiting{});
  add_register({"AB003", "AB001"});
  requests.emplace_back(DeleteBatch{{{key_of(registration("ZZ999"))}, {key_of(registration("AB000"))}}});
  requests.emplace_back(RealtimeBatch{{registration("AB004")}});
  requests.emplace_back(AnswerBatch{{AnswerCommand{
      .id = known.id, .origin = domain::examples::report_of({domain::examples::scan(1, 9)}), .destination = {}}}});
  requests.emplace_back(ClaimCommand{.limit = 10, .lease = std::chrono::minutes{5}});
  requests.emplace_back(ChangeCarrierBatch{{{.key = key_of(registration("AB001")), .carrier = carrier("usps")}}});
  requests.emplace_back(StopAskingBatch{{key_of(registration("AB002")), key_of(registration("ZZ999"))}});

  const auto results = run();
  ASSERT_EQ(results.size(), requests.size());
  for (const auto& result : results) ASSERT_TRUE(result.ok());
  const auto& first = as<RegisterOutcomes>(results[0]);
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0]->tracking.number.text(), "AB001");
  EXPECT_FALSE(first[1].ok());
  EXPECT_EQ(first[2]->tracking.number.text(), "AB002");
  EXPECT_TRUE(as<UpdateOutcomes>(results[1]).front()->archived);
  EXPECT_TRUE(as<RegisterOutcomes>(results[2]).empty());
  EXPECT_TRUE(std::holds_alternative<std::monostate>(*results[3]));
  EXPECT_EQ(as<RegisterOutcomes>(results[4])[0]->tracking.number.text(), "AB003");
  EXPECT_EQ(as<RegisterOutcomes>(results[4])[1].error(), RegisterError::AlreadyTracked);
  EXPECT_FALSE(as<UpdateOutcomes>(results[5])[0].ok());
  EXPECT_TRUE(as<UpdateOutcomes>(results[5])[1].ok());
  EXPECT_EQ(as<RealtimeOutcomes>(results[6]).front()->tracking.number.text(), "AB004");
  EXPECT_EQ(as<AnswerOutcomes>(results[7]).front(), std::nullopt) << "deleted in the same pass";
  EXPECT_EQ(as<ClaimOutcome>(results[8]).size(), 2U) << "not the deleted, the stopped, nor the one asked by request";
  EXPECT_EQ(as<ChangeCarrierOutcomes>(results[9]).front()->carrier, carrier("usps"));
  EXPECT_FALSE(as<UpdateOutcomes>(results[10])[0]->asked());
  EXPECT_FALSE(as<UpdateOutcomes>(results[10])[1].ok());
  EXPECT_EQ(kept(), 4);
}

TEST_F(WritePass, AnEmptyBatchAloneStillHasItsKindOfOutcome) {
  add_register({});
  EXPECT_TRUE(as<RegisterOutcomes>(run().front()).empty());
}

TEST_F(WritePass, WakesWhatWaitsForItsCarrier) {
  room.gateway.unreachable.insert(carrier("dhl"));
  const auto waiting = room.add(registration("AB001"));
  room.gateway.unreachable.clear();
  requests.emplace_back(WakeWaiting{});
  ASSERT_TRUE(run().front().ok());
  EXPECT_EQ(room.schedule(waiting.id)->due_at, kNoon);
}

TEST_F(WritePass, AStoreThatFailsFailsEveryRequestAndLeavesNothing) {
  for (const auto deed : {RefusingStore::Deed::Begin, RefusingStore::Deed::Save, RefusingStore::Deed::Commit}) {
    requests.clear();
    add_register({"AB001"});
    requests.emplace_back(WakeWaiting{});
    requests.emplace_back(ClaimCommand{.limit = 10, .lease = std::chrono::minutes{5}});
    store.refused = deed;
    store.rolled_back = false;
    for (const auto& result : run()) EXPECT_FALSE(result.ok());
    EXPECT_EQ(store.rolled_back, deed != RefusingStore::Deed::Begin);
    EXPECT_EQ(kept(), 0);
  }
  store.refused = RefusingStore::Deed::None;
  requests.clear();
  add_register({"AB001"});
  EXPECT_TRUE(run().front().ok()) << "the store is fit for the next pass";
}

TEST_F(WritePass, WhoWantsAnAnswerThatComesInTheSamePassNeedNotAsk) {
  const domain::Tracking known = room.add(registration("AB000"));
  requests.emplace_back(RealtimeBatch{{registration("AB000")}});
  requests.emplace_back(AnswerBatch{{AnswerCommand{
      .id = known.id, .origin = domain::examples::report_of({domain::examples::scan(1, 9)}), .destination = {}}}});
  const auto results = run();
  const RealtimeStart& start = *as<RealtimeOutcomes>(results[0]).front();
  EXPECT_FALSE(start.ask);
  EXPECT_EQ(start.tracking.status(), domain::Status::Transit);
}

}  // namespace
}  // namespace parcelwake::app
