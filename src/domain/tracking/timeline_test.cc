#include "domain/tracking/timeline.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <compare>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "domain/tracking/examples.h"

namespace parcelwake::domain {

void showValue(const Checkpoint& c, std::ostream& out) {
  const auto enumerator = [](auto value) { return value ? static_cast<int>(*value) : -1; };
  out << "{" << c.time.wall.time_since_epoch().count() << "ms precision " << static_cast<int>(c.time.precision)
      << " east " << (c.time.offset ? c.time.offset->east.count() : -9999) << " told " << c.time.offset_told << " raw '"
      << c.time_raw << "' " << c.description << "/" << c.location << "/" << c.code << " status "
      << (c.reading ? static_cast<int>(c.reading->status) : -1) << " milestone " << enumerator(c.milestone)
      << " notice " << c.notice << " #" << c.sequence << " by " << c.source << " seen "
      << c.first_seen.time_since_epoch().count() << "}";
}

namespace {

using examples::scan;
using Report = std::vector<Checkpoint>;

// Any of first … last-1 with equal chances; inRange() alone prefers the first ones in early rounds.
template <class T>
T any_of(T first, T last) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(first, last));
}

// Small choices everywhere, so that reports overlap: the same event comes with other readings, offsets and sequences.
rc::Gen<EventTime> any_time() {
  return rc::gen::exec([] {
    EventTime time;
    time.precision = *rc::gen::element(Precision::None, Precision::Date, Precision::Minute, Precision::Second);
    time.wall = examples::wall(2024, 3, 1);
    if (time.precision != Precision::Date) time.wall += std::chrono::hours{any_of(0, 3)};
    if (const int east = any_of(-2, 3); east != -2) time.offset = UtcOffset{std::chrono::hours{east}};
    time.offset_told = *rc::gen::arbitrary<bool>();
    return time;
  });
}

rc::Gen<Checkpoint> any_checkpoint() {
  return rc::gen::exec([] {
    Checkpoint checkpoint;
    checkpoint.time = *any_time();
    checkpoint.time_raw = *rc::gen::element<std::string>("", "today");
    checkpoint.description = *rc::gen::element<std::string>("Departed", "Arrived");
    checkpoint.location = *rc::gen::element<std::string>("", "Leipzig");
    checkpoint.code = *rc::gen::element<std::string>("", "DEP");
    checkpoint.reading = *rc::gen::element<std::optional<Reading>>(std::nullopt, Reading{Status::Transit, std::nullopt},
                                                                   examples::kInTransit, examples::kDelivered);
    checkpoint.milestone = *rc::gen::element<std::optional<Milestone>>(std::nullopt, Milestone::ItemReceived);
    checkpoint.notice = *rc::gen::arbitrary<bool>();
    checkpoint.sequence = any_of<std::uint16_t>(0, 3);
    checkpoint.source = *rc::gen::element<std::string>("", "example/1", "example/2", "example/10", "other/1", "odd/x");
    checkpoint.first_seen = examples::utc(2024, 3, any_of(2U, 5U));
    return checkpoint;
  });
}

// The same event, told otherwise in one respect.
Checkpoint told_otherwise(Checkpoint checkpoint) {
  const Checkpoint other = *any_checkpoint();
  switch (any_of(0, 9)) {
    case 0:
      checkpoint.time.offset = other.time.offset;
      break;
    case 1:
      checkpoint.time.offset_told = !checkpoint.time.offset_told;
      break;
    case 2:
      checkpoint.reading = other.reading;
      break;
    case 3:
      checkpoint.milestone = other.milestone;
      break;
    case 4:
      checkpoint.notice = !checkpoint.notice;
      break;
    case 5:
      checkpoint.sequence = other.sequence;
      break;
    case 6:
      checkpoint.source = other.source;
      break;
    case 7:
      checkpoint.first_seen = other.first_seen;
      break;
    default:  // What of the clock is not part of the event.
      if (checkpoint.time.precision == Precision::None) {
        checkpoint.time.wall = other.time.wall;
      } else {
        checkpoint.time_raw += " or so";
      }
  }
  return checkpoint;
}

template <class T>
rc::Gen<std::vector<T>> up_to(std::size_t most, rc::Gen<T> item) {
  return rc::gen::exec([=] {
    const auto count = any_of<std::size_t>(0, most + 1);
    return *rc::gen::container<std::vector<T>>(count, item);
  });
}

rc::Gen<Report> any_report() { return up_to(10, any_checkpoint()); }

rc::Gen<std::vector<Report>> any_reports() { return up_to(6, any_report()); }

Timeline merged(const std::vector<Report>& reports) {
  Timeline timeline;
  for (const Report& report : reports) timeline.merge(report);
  return timeline;
}

Report joined(const std::vector<Report>& reports) {
  Report all;
  for (const Report& report : reports) all.insert(all.end(), report.begin(), report.end());
  return all;
}

template <class T>
std::vector<T> shuffled(std::vector<T> items) {
  std::shuffle(items.begin(), items.end(), std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  return items;
}

std::vector<std::string> words_of(const Timeline& timeline) {
  std::vector<std::string> words;
  for (const Checkpoint& c : timeline.checkpoints()) words.push_back(c.description);
  return words;
}

Report of_one_moment(const std::vector<std::string>& words) {
  Report report;
  for (const std::string& w : words) report.push_back(scan(2, 10, w));
  number_in_sequence(report);
  return report;
}

using Words = std::vector<std::string>;

RC_GTEST_PROP(TimelineMerge, IsOrderFreeOverReports, ()) {
  const auto reports = *any_reports();
  RC_ASSERT(merged(shuffled(reports)) == merged(reports));
}

RC_GTEST_PROP(TimelineMerge, IsOrderFreeOverRowsAndTheirGroupingIntoReports, ()) {
  const auto reports = *any_reports();
  RC_ASSERT(merged({shuffled(joined(reports))}) == merged(reports));
}

RC_GTEST_PROP(TimelineMerge, IsOrderFreeOverTellingsOfOneEvent, ()) {
  const Checkpoint a = *any_checkpoint();
  const Checkpoint b = told_otherwise(a);
  const Checkpoint c = told_otherwise(*rc::gen::element(a, b));
  const Timeline expected = merged({{a, b, c}});
  RC_ASSERT(expected.checkpoints().size() == 1U);
  RC_ASSERT(merged({{b}, {a}}) == merged({{a}, {b}}));
  RC_ASSERT(merged({shuffled(Report{a, b, c})}) == expected);
}

RC_GTEST_PROP(TimelineMerge, SameReportsAgainChangeNothing, ()) {
  const auto reports = *any_reports();
  Timeline timeline = merged(reports);
  const Timeline before = timeline;
  for (const Report& report : shuffled(reports)) RC_ASSERT(timeline.merge(report) == 0U);
  RC_ASSERT(timeline == before);
}

RC_GTEST_PROP(TimelineMerge, OfItselfChangesNothing, ()) {
  Timeline timeline = merged(*any_reports());
  const Timeline before = timeline;
  RC_ASSERT(timeline.merge(timeline.checkpoints()) == 0U);
  RC_ASSERT(timeline == before);
}

RC_GTEST_PROP(TimelineMerge, KeepsEachEventOnceOldestFirst, ()) {
  const auto reports = *any_reports();
  const Timeline timeline = merged(reports);
  const auto all = timeline.checkpoints();
  for (std::size_t i = 1; i < all.size(); ++i) RC_ASSERT(std::is_lt(chronological(all[i - 1], all[i])));
  for (const Checkpoint& told : joined(reports)) {
    RC_ASSERT(std::count_if(all.begin(), all.end(), [&](const Checkpoint& c) { return same_event(c, told); }) == 1);
  }
}

RC_GTEST_PROP(TimelineMerge, CountsTheEventsThatWereNew, ()) {
  const auto reports = *any_reports();
  Timeline timeline;
  std::size_t counted = 0;
  for (const Report& report : reports) counted += timeline.merge(report);
  RC_ASSERT(counted == timeline.checkpoints().size());
}

RC_GTEST_PROP(TimelineMerge, IsTheSameFromAStoredTimeline, ()) {
  const auto reports = *any_reports();
  const auto more = *any_report();
  Timeline kept = merged(reports);
  Timeline restored = Timeline::restored({kept.checkpoints().begin(), kept.checkpoints().end()});
  RC_ASSERT(kept.merge(more) == restored.merge(more));
  RC_ASSERT(kept == restored);
}

RC_GTEST_PROP(Chronological, IsAStrictTotalOrderOfDifferentEvents, ()) {
  const Checkpoint a = *any_checkpoint();
  const Checkpoint b = *any_checkpoint();
  const Checkpoint c = *any_checkpoint();
  RC_ASSERT((chronological(a, b) < 0) == (chronological(b, a) > 0));
  if (chronological(a, b) <= 0 && chronological(b, c) <= 0) RC_ASSERT(std::is_lteq(chronological(a, c)));
  if (!same_event(a, b)) RC_ASSERT(std::is_neq(chronological(a, b)));
}

RC_GTEST_PROP(ByEvent, IsEqualForTellingsOfOneEventOnly, ()) {
  const Checkpoint a = *any_checkpoint();
  const Checkpoint b = *any_checkpoint();
  const Checkpoint c = *any_checkpoint();
  RC_ASSERT((by_event(a, b) == 0) == same_event(a, b));
  RC_ASSERT((by_event(a, b) < 0) == (by_event(b, a) > 0));
  if (by_event(a, b) <= 0 && by_event(b, c) <= 0) RC_ASSERT(std::is_lteq(by_event(a, c)));
}

RC_GTEST_PROP(NumberInSequence, KeepsTheCarriersOrderWithinEachMoment, ()) {
  Report report = *any_report();
  std::stable_sort(report.begin(), report.end(),
                   [](const Checkpoint& a, const Checkpoint& b) { return a.time.order_key() < b.time.order_key(); });
  Report once;  // A repeated row is another matter.
  for (const Checkpoint& c : report) {
    if (std::none_of(once.begin(), once.end(), [&](const Checkpoint& o) { return same_event(o, c); }))
      once.push_back(c);
  }
  number_in_sequence(once);
  Timeline timeline;
  timeline.merge(shuffled(once));
  RC_ASSERT(std::equal(once.begin(), once.end(), timeline.checkpoints().begin(), timeline.checkpoints().end()));
}

TEST(Timeline, HoldsNothingAtFirst) {
  Timeline timeline;
  EXPECT_TRUE(timeline.empty());
  EXPECT_EQ(timeline.merge({}), 0U);
  EXPECT_TRUE(timeline.empty());
}

TEST(TimelineMerge, PutsLateRowsWhereTheyBelong) {
  Timeline timeline = merged({{scan(3, 9)}, {scan(1, 9)}, {scan(2, 9)}});
  EXPECT_EQ(timeline.checkpoints()[1].time, scan(2, 9).time);
  EXPECT_EQ(timeline.newest().time, scan(3, 9).time);
}

TEST(TimelineMerge, TakesTheReadingOfTheNewestConnector) {
  Checkpoint old_reading = scan(2, 9);
  old_reading.source = "example/9";
  Checkpoint new_reading = scan(2, 9);
  new_reading.source = "example/10";
  new_reading.reading = examples::kOutForDelivery;
  for (const auto& reports : {std::vector<Report>{{old_reading}, {new_reading}}, {{new_reading}, {old_reading}}}) {
    const Timeline timeline = merged(reports);
    ASSERT_EQ(timeline.checkpoints().size(), 1U);
    EXPECT_EQ(timeline.newest().reading, examples::kOutForDelivery);
  }
}

TEST(TimelineMerge, KeepsWhenAnEventWasFirstSeen) {
  Checkpoint again = scan(2, 9);
  again.source = "example/2";
  again.first_seen += std::chrono::hours{6};
  const Timeline timeline = merged({{scan(2, 9)}, {again}});
  EXPECT_EQ(timeline.newest().first_seen, scan(2, 9).first_seen);
  EXPECT_EQ(timeline.newest().source, "example/2");
}

TEST(TimelineMerge, LearnsAnOffsetWithoutTellingTheEventTwice) {
  Checkpoint without = scan(2, 9);
  without.time.offset.reset();
  without.time.offset_told = false;
  Checkpoint with = scan(2, 9);
  with.time.offset = UtcOffset{std::chrono::hours{8}};
  const Timeline timeline = merged({{with}, {without}});
  ASSERT_EQ(timeline.checkpoints().size(), 1U);
  EXPECT_EQ(timeline.newest().time.offset, with.time.offset);
}

TEST(TimelineMerge, OrdersByTheInstantWhereOffsetsAreKnown) {
  Checkpoint shanghai = scan(2, 15, "Departed Shanghai");  // 07:00 UTC
  shanghai.time.offset = UtcOffset{std::chrono::hours{8}};
  const Timeline timeline = merged({{shanghai, scan(2, 9, "Arrived")}});
  EXPECT_EQ(words_of(timeline), (Words{"Departed Shanghai", "Arrived"}));
}

// A push that tells one row has no sequence to speak of; the full list that follows does.
TEST(TimelineMerge, LetsTheFullestReportSayTheOrderWithinAMoment) {
  Timeline timeline = merged({of_one_moment({"C"}), of_one_moment({"A"}), of_one_moment({"C", "B", "A"})});
  EXPECT_EQ(words_of(timeline), (Words{"C", "B", "A"}));
}

TEST(TimelineMerge, FindsRoomForARowThatCameLateWithinItsMoment) {
  Timeline timeline = merged({of_one_moment({"Z", "A"}), of_one_moment({"Z", "M", "A"})});
  EXPECT_EQ(words_of(timeline), (Words{"Z", "M", "A"}));
}

TEST(TimelineMerge, IsNotFooledByARowThatIsRepeatedInItsReport) {
  const Timeline timeline = merged({of_one_moment({"Departed", "Arrived", "Departed"})});
  EXPECT_EQ(words_of(timeline), (Words{"Departed", "Arrived"}));
}

TEST(TimelineMerge, TellsDateAndMidnightApart) {
  Checkpoint date = scan(2, 0);
  date.time.precision = Precision::Date;
  const Timeline one = merged({{date}, {scan(2, 0)}});
  EXPECT_EQ(one.checkpoints().size(), 2U);
  EXPECT_EQ(one, merged({{scan(2, 0)}, {date}}));
}

TEST(TimelineMerge, TellsSameWordsAtOneInstantOfTwoClocksApart) {
  Checkpoint berlin = scan(2, 10);
  berlin.time.offset = UtcOffset{std::chrono::hours{1}};
  const Timeline one = merged({{berlin}, {scan(2, 9)}});
  EXPECT_EQ(one.checkpoints().size(), 2U);
  EXPECT_EQ(one, merged({{scan(2, 9)}, {berlin}}));
}

TEST(TimelineMerge, HoldsRowsWithoutATimeForTheOldest) {
  Checkpoint timeless = scan(9, 9, "Announced");
  timeless.time.precision = Precision::None;
  const Timeline timeline = merged({{scan(2, 9), timeless}});
  EXPECT_EQ(words_of(timeline), (Words{"Announced", "Departed"}));
}

TEST(TimelineMerge, TellsRowsWithoutATimeApartByWhatTheCarrierWrote) {
  Checkpoint monday = scan(1, 1);
  monday.time = EventTime{};
  monday.time_raw = "on Monday";
  Checkpoint tuesday = monday;
  tuesday.time_raw = "on Tuesday";
  Checkpoint monday_again = monday;
  monday_again.time.wall = examples::wall(2024, 3, 4);  // Means nothing.
  EXPECT_EQ(merged({{monday}, {tuesday}, {monday_again}}).checkpoints().size(), 2U);
}

TEST(TimelineMerge, ForgetsTheOldestBeyondTheLimit) {
  Report flood;
  for (int i = 0; i < 10'000; ++i) {
    flood.push_back(scan(1, 0));
    flood.back().time.wall += std::chrono::seconds{i};
  }
  Timeline timeline = merged({flood});
  ASSERT_EQ(timeline.checkpoints().size(), Timeline::kMaxCheckpoints);
  EXPECT_EQ(timeline.newest(), flood.back());
  EXPECT_EQ(timeline.checkpoints().front(), flood[flood.size() - Timeline::kMaxCheckpoints]);
  const Timeline before = timeline;
  timeline.merge(flood);
  EXPECT_EQ(timeline, before);
}

TEST(NumberInSequence, StopsAtTheLastNumberThereIs) {
  Report flood;
  for (int i = 0; i < 65'540; ++i) flood.push_back(scan(1, 0, std::to_string(i)));
  number_in_sequence(flood);
  EXPECT_EQ(flood[65'535].sequence, 65'535);
  EXPECT_EQ(flood.back().sequence, 65'535);
}

}  // namespace
}  // namespace parcelwake::domain
