#include "app/waybills/track_waybills.h"

#include <gtest/gtest.h>

#include "app/testing/refusing_store.h"
#include "app/testing/scripted_airlines.h"
#include "app/testing/store_room.h"
#include "app/writing/write_pass.h"

namespace parcelwake::app {
namespace {

using namespace std::chrono_literals;
using ports::CarrierError;
using testing::kNoon;
using testing::standing_at;

ports::AirlineAnswer failing(CarrierError error, std::optional<std::chrono::milliseconds> retry_after = {}) {
  return fail(ports::CarrierFailure{error, "as the test wants it", retry_after});
}

// Writes are carried out where they are handed in; time stands still unless a test moves it.
struct TrackWaybills : ::testing::Test, private WriteGate, private ports::Clock {
  testing::StoreRoom room;
  testing::RefusingStore store{room.store};
  testing::ScriptedAirlines airlines;
  Timestamp time = kNoon;
  WaybillAsks asks{*this};
  std::size_t calls = 0;
  std::vector<WaybillOutcome> outcomes;
  std::optional<ports::StoreError> failed;
  bool unreadable = false;

  void track(const std::vector<std::string>& numbers, const std::string& language = "") {
    std::vector<WaybillRequest> requests;
    for (const std::string& number : numbers) requests.push_back(*accept_waybill(number, room.catalogue));
    const WaybillServices services{airlines, *this, asks, *this, {}};
    ports::WaybillReader& kept = unreadable ? broken_ : static_cast<ports::WaybillReader&>(store.waybills());
    track_waybills(std::move(requests), language, kept, services, [this](auto told) {
      ++calls;
      if (told) {
        outcomes = *std::move(told);
      } else {
        failed = told.error();
      }
    });
  }
  std::string code(std::size_t i = 0) const {
    return outcomes[i].shipment ? outcomes[i].shipment->status_code : "none";
  }

 private:
  struct BrokenReader final : ports::WaybillReader {
    Result<std::vector<std::optional<ports::StoredWaybill>>, ports::StoreError> load(
        std::span<const domain::AirWaybill>) override {
      return fail(ports::StoreError::Broken);
    }
  };
  BrokenReader broken_;

  Timestamp now() override { return time; }
  void submit(WriteRequest request, Done done) override {
    const WriteContext context{.catalogue = room.catalogue, .gateway = room.gateway, .random = room.random};
    done(std::move(run_write_pass(std::span(&request, 1), store, context, time).front()));
  }
};

TEST_F(TrackWaybills, OnlyNumbersOfKnownAirlinesAreAccepted) {
  EXPECT_EQ(accept_waybill(" 17200000033 ", room.catalogue)->number.text(), "172-00000033");
  EXPECT_EQ(accept_waybill("172-00000033", room.catalogue)->airline->name, "Cargolux");
  EXPECT_EQ(accept_waybill("", room.catalogue).error(), WaybillRefusal::Missing);
  EXPECT_EQ(accept_waybill("172-00000034", room.catalogue).error(), WaybillRefusal::Malformed);
  EXPECT_EQ(accept_waybill("hello", room.catalogue).error(), WaybillRefusal::Malformed);
  EXPECT_EQ(accept_waybill("173-00000033", room.catalogue).error(), WaybillRefusal::UnknownAirline);
}

TEST_F(TrackWaybills, OutcomesStandInTheOrderOfRequestsWheneverAnswersCome) {
  track({"172-00000033", "020-00000011", "172-00000022"}, "de");
  ASSERT_EQ(airlines.open.size(), 3U);
  EXPECT_EQ(airlines.open[0].question.language, "de");
  EXPECT_EQ(airlines.open[0].question.first_asked_at, kNoon);
  airlines.open[2].answer(standing_at("DLV"));
  airlines.open[0].answer(standing_at("RCS"));
  EXPECT_EQ(calls, 0U);
  airlines.open[1].answer(failing(CarrierError::Unreachable));
  ASSERT_EQ(calls, 1U);
  EXPECT_EQ(code(0), "RCS");
  EXPECT_EQ(code(1), "none");
  EXPECT_EQ(code(2), "DLV");
  EXPECT_FALSE(outcomes[0].failure);
  EXPECT_EQ(outcomes[1].failure->error, CarrierError::Unreachable);
  EXPECT_EQ(outcomes[1].airline->name, "Lufthansa Cargo");
}

TEST_F(TrackWaybills, AnAnswerHoldsForTwoHours) {
  airlines.script = [](const auto&) { return standing_at("RCS"); };
  track({"172-00000033"});
  time += 2h - 1ms;
  airlines.script = [](const auto&) { return standing_at("DEP"); };
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 1U);
  EXPECT_EQ(code(), "RCS");
  time += 1ms;
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 2U);
  EXPECT_EQ(code(), "DEP");
  EXPECT_EQ(calls, 3U);
}

TEST_F(TrackWaybills, ManyAtOnceAskOnceAndShareTheAnswer) {
  for (int i = 0; i < 3; ++i) track({"172-00000033"});
  track({"020-00000011", "172-00000033", "020-00000011"});
  EXPECT_EQ(airlines.asked, 2U);
  airlines.open[0].answer(standing_at("RCS"));
  EXPECT_EQ(calls, 3U);
  EXPECT_EQ(code(), "RCS");
  airlines.open[1].answer(standing_at("DLV"));
  ASSERT_EQ(calls, 4U);
  EXPECT_EQ(code(0), "DLV");
  EXPECT_EQ(code(1), "RCS");
  EXPECT_EQ(code(2), "DLV");
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 2U);
}

TEST_F(TrackWaybills, ManyAtOnceShareAFailureAndTheNextOneAsksAgain) {
  for (int i = 0; i < 3; ++i) track({"172-00000033"});
  airlines.open.front().answer(failing(CarrierError::Unreachable));
  EXPECT_EQ(calls, 3U);
  EXPECT_EQ(outcomes[0].failure->error, CarrierError::Unreachable);
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 2U);
}

TEST_F(TrackWaybills, AnAskThatNeverEndsHoldsUpNobodyWhoComesLater) {
  track({"172-00000033"});
  time += kLongestAsk;
  track({"172-00000033"});
  ASSERT_EQ(airlines.asked, 2U);
  airlines.open.back().answer(standing_at("RCS"));
  EXPECT_EQ(calls, 2U);
  airlines.open.front().answer(standing_at("BKD"));
  EXPECT_EQ(calls, 2U);
}

TEST_F(TrackWaybills, WhatCannotBeReadIsToldAndHoldsUpNobody) {
  unreadable = true;
  track({"172-00000033", "020-00000011"});
  EXPECT_EQ(calls, 1U);
  EXPECT_EQ(failed, ports::StoreError::Broken);
  unreadable = false;
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 1U);
}

TEST_F(TrackWaybills, AnAnswerHoldsNoLongerThanUntilTheNextNews) {
  airlines.script = [](const auto&) {
    auto report = standing_at("RCS");
    report.news_due_in = 5s;
    return report;
  };
  track({"172-00000033"});
  time += 4s;
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 1U);
  time += 1s;
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 2U);
}

TEST_F(TrackWaybills, TheFirstAskIsRemembered) {
  airlines.script = [](const auto&) { return failing(CarrierError::UnknownNumber, 3s); };
  track({"172-00000033"});
  EXPECT_EQ(code(), "none");
  EXPECT_FALSE(outcomes[0].failure);
  time += 2s;
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 1U);
  time += 1s;
  airlines.script = [](const ports::WaybillQuestion& question) {
    EXPECT_EQ(question.first_asked_at, kNoon);
    return standing_at("BKD");
  };
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 2U);
  EXPECT_EQ(code(), "BKD");
}

TEST_F(TrackWaybills, WhatWasKnownStaysWhereTheAirlineFails) {
  airlines.script = [](const auto&) { return standing_at("DEP"); };
  track({"172-00000033"});
  time += 3h;
  airlines.script = [](const auto&) { return failing(CarrierError::Throttled); };
  track({"172-00000033"});
  EXPECT_EQ(code(), "DEP");
  EXPECT_EQ(outcomes[0].failure->error, CarrierError::Throttled);
  airlines.script = [](const auto&) { return failing(CarrierError::UnknownNumber); };
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 3U);
  EXPECT_EQ(code(), "DEP");
  EXPECT_FALSE(outcomes[0].failure);
}

TEST_F(TrackWaybills, AnAirlineWithoutAConnectorIsNotAsked) {
  airlines.unreachable = {"172"};
  airlines.script = [](const auto&) { return standing_at("DEP"); };
  track({"172-00000033", "020-00000011"});
  EXPECT_EQ(airlines.asked, 1U);
  EXPECT_EQ(code(0), "none");
  EXPECT_EQ(outcomes[0].failure->error, CarrierError::NotConnected);
  EXPECT_EQ(code(1), "DEP");
}

TEST_F(TrackWaybills, AnAnswerThatCannotBeKeptIsToldAllTheSame) {
  airlines.script = [](const auto&) { return standing_at("DEP"); };
  store.refused = testing::RefusingStore::Deed::Commit;
  track({"172-00000033"});
  EXPECT_EQ(calls, 1U);
  EXPECT_EQ(code(), "DEP");
  store.refused = testing::RefusingStore::Deed::None;
  track({"172-00000033"});
  EXPECT_EQ(airlines.asked, 2U);
}

TEST_F(TrackWaybills, WhatNobodyAskedForInNinetyDaysIsForgotten) {
  airlines.script = [](const auto&) { return standing_at("DEP"); };
  track({"172-00000033"});
  time += 90 * 24h + 1ms;
  track({"172-00000022"});
  const auto old = accept_waybill("172-00000033", room.catalogue)->number;
  EXPECT_FALSE((*store.waybills().load(std::span(&old, 1))).front());
}

}  // namespace
}  // namespace parcelwake::app
