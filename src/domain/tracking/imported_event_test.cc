#include "domain/tracking/imported_event.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "domain/tracking/examples.h"
#include "domain/tracking/timeline.h"

namespace parcelwake::domain {
namespace {

using examples::scan;

// What a service makes of examples::scan(): no code, no offset, a clock without seconds.
Checkpoint second_hand(unsigned day, int hour, std::string words = "Departed") {
  Checkpoint checkpoint = scan(day, hour, std::move(words));
  checkpoint.time.offset.reset();
  checkpoint.time.offset_told = false;
  checkpoint.time.precision = Precision::Minute;
  checkpoint.code.clear();
  checkpoint.source = "import/tracktry";
  return checkpoint;
}

Timeline merged(const std::vector<std::vector<Checkpoint>>& reports) {
  Timeline timeline;
  for (const auto& report : reports) timeline.merge(report);
  return timeline;
}

TEST(ImportedEvent, GivesWayToTheCarriersOwnTelling) {
  Checkpoint own = scan(2, 10);
  own.time.wall += std::chrono::seconds{42};
  const Timeline timeline = merged({{second_hand(2, 10), second_hand(1, 8, "Posted")}, {own}});
  ASSERT_EQ(timeline.checkpoints().size(), 2U);
  EXPECT_EQ(timeline.checkpoints()[0].description, "Posted");
  EXPECT_EQ(timeline.newest().source, "example/1");
  EXPECT_EQ(timeline, merged({{own}, {second_hand(1, 8, "Posted"), second_hand(2, 10)}}));
}

TEST(ImportedEvent, InWhateverOrderItComesTheTimelineIsTheSame) {
  Checkpoint twin = scan(2, 10);  // the imported event in a carrier's mouth, to the letter
  twin.code.clear();
  twin.time.precision = Precision::Minute;
  Checkpoint other_service = second_hand(2, 10);
  other_service.source = "import/trackru";
  other_service.sequence = 3;
  Checkpoint elsewhere = second_hand(2, 10);
  elsewhere.location = "Bonn";
  const std::vector<Checkpoint> told = {second_hand(2, 10), other_service, elsewhere, scan(2, 10), twin};
  const Timeline expected = merged({told});
  EXPECT_EQ(expected.checkpoints().size(), 3U);
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  do {
    Timeline timeline;
    for (const std::size_t i : order) timeline.merge({&told[i], 1});
    EXPECT_EQ(timeline, expected);
    timeline.merge(told);
    EXPECT_EQ(timeline, expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(ImportedEvent, SpellingIsOverlookedButWordsPlacesAndClocksAreNot) {
  const Checkpoint own = scan(2, 10, "Departed from facility");
  Checkpoint told = second_hand(2, 10, " departed  FROM facility");
  EXPECT_TRUE(retells(own, told));
  told.location = "LEIPZIG";
  EXPECT_TRUE(retells(own, told));
  told.location = "";
  EXPECT_TRUE(retells(own, told));
  told.location = "Bonn";
  EXPECT_FALSE(retells(own, told));
  EXPECT_FALSE(retells(own, second_hand(2, 10, "Arrived")));
  EXPECT_FALSE(retells(own, second_hand(2, 11, "Departed from facility")));
}

TEST(ImportedEvent, ADateAloneAgreesWithAnyClockOfThatDay) {
  Checkpoint told = second_hand(2, 0);
  told.time.precision = Precision::Date;
  EXPECT_TRUE(retells(scan(2, 23), told));
  EXPECT_FALSE(retells(scan(3, 0), told));
}

TEST(ImportedEvent, WhereNoClockIsReadTheWrittenTextTells) {
  Checkpoint own = scan(2, 10);
  Checkpoint told = second_hand(2, 10);
  own.time = told.time = EventTime{};
  EXPECT_TRUE(retells(own, told));
  told.time_raw = "yesterday";
  EXPECT_FALSE(retells(own, told));
}

TEST(ImportedEvent, OnlyWhatACarrierToldMakesItGiveWay) {
  Checkpoint other = second_hand(2, 10);
  other.location = "Leipzig";
  EXPECT_EQ(merged({{second_hand(2, 10), other}}).checkpoints().size(), 2U);
}

}  // namespace
}  // namespace parcelwake::domain
