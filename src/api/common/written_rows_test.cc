#include "api/common/written_rows.h"

#include <gtest/gtest.h>

#include <string>

namespace parcelwake::api {
namespace {

constexpr char kOneDialect = '1';
constexpr char kOtherDialect = '2';
constexpr RowForm kForm{.account = {7}, .dialect = &kOneDialect, .time_zone = UtcOffset{std::chrono::hours{8}}};
constexpr Timestamp kNoon{std::chrono::seconds{1'715'000'000}};
constexpr ports::RowState kState{.row = 12, .created_at = kNoon, .updated_at = kNoon};

ports::RowState row(std::int64_t number) { return {.row = number, .created_at = kNoon, .updated_at = kNoon}; }

class WrittenRowsTest : public testing::Test {
 protected:
  WrittenRows rows{64 << 10};

  void keep(const ports::RowState& state, std::string_view text) {
    rows.keep(kForm, state, text, kNoon, Timestamp::max());
  }
};

TEST_F(WrittenRowsTest, WhatWasKeptIsFound) {
  EXPECT_EQ(rows.find(kForm, kState, kNoon), "");
  keep(kState, "text");
  EXPECT_EQ(rows.find(kForm, kState, kNoon), "text");
}

TEST_F(WrittenRowsTest, AnotherStateIsAnotherText) {
  keep(kState, "text");
  for (ports::RowState other :
       {ports::RowState{13, kNoon, kNoon}, ports::RowState{12, kNoon + Timestamp::duration{1}, kNoon},
        ports::RowState{12, kNoon, kNoon + Timestamp::duration{1}}}) {
    EXPECT_EQ(rows.find(kForm, other, kNoon), "");
  }
}

TEST_F(WrittenRowsTest, AnotherFormIsAnotherText) {
  keep(kState, "text");
  RowForm other = kForm;
  other.account.value = 8;
  EXPECT_EQ(rows.find(other, kState, kNoon), "");
  other = kForm;
  other.dialect = &kOtherDialect;
  EXPECT_EQ(rows.find(other, kState, kNoon), "");
  other = kForm;
  other.time_zone = {};
  EXPECT_EQ(rows.find(other, kState, kNoon), "");
}

TEST_F(WrittenRowsTest, ATextIsTrueForItsTime) {
  const auto hour = std::chrono::hours{1};
  rows.keep(kForm, kState, "text", kNoon, kNoon + hour);
  EXPECT_EQ(rows.find(kForm, kState, kNoon - Timestamp::duration{1}), "");
  EXPECT_EQ(rows.find(kForm, kState, kNoon + hour), "text");
  EXPECT_EQ(rows.find(kForm, kState, kNoon + hour + Timestamp::duration{1}), "");
}

TEST_F(WrittenRowsTest, ALaterStateTakesThePlaceOfTheOneBefore) {
  keep(kState, "before");
  ports::RowState later = kState;
  later.updated_at += Timestamp::duration{1};
  keep(later, "after");
  EXPECT_EQ(rows.find(kForm, kState, kNoon), "");
  EXPECT_EQ(rows.find(kForm, later, kNoon), "after");
}

TEST_F(WrittenRowsTest, TheOldestGiveWayAndWhatIsFoundIsAlwaysTheRowsOwn) {
  const auto text_of = [](std::int64_t number) {
    return std::string(static_cast<std::size_t>(700 + number % 1300), static_cast<char>('a' + number % 26));
  };
  std::int64_t found = 0;
  constexpr std::int64_t kRows = 5000;
  for (std::int64_t i = 0; i < kRows; ++i) {
    keep(row(i), text_of(i));
    EXPECT_EQ(rows.find(kForm, row(i), kNoon), text_of(i));
    for (std::int64_t back = std::max<std::int64_t>(0, i - 200); back < i; back += 7) {
      const std::string_view text = rows.find(kForm, row(back), kNoon);
      if (text.empty()) continue;
      ++found;
      ASSERT_EQ(text, text_of(back));
    }
  }
  EXPECT_EQ(rows.find(kForm, row(0), kNoon), "");
  EXPECT_GT(found, kRows * 3);  // of about 45 rows of the usual size there is room for
}

TEST_F(WrittenRowsTest, ARowThatWouldTakeMostOfTheRoomIsNotKept) {
  keep(kState, "text");
  keep(row(1), std::string(9 << 10, 'x'));
  EXPECT_EQ(rows.find(kForm, row(1), kNoon), "");
  EXPECT_EQ(rows.find(kForm, kState, kNoon), "text");
}

TEST(WrittenRows, WithoutRoomNothingIsKept) {
  WrittenRows none(0);
  none.keep(kForm, kState, "text", kNoon, Timestamp::max());
  EXPECT_EQ(none.find(kForm, kState, kNoon), "");
}

}  // namespace
}  // namespace parcelwake::api
