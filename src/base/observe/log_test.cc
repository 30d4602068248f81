#include "base/observe/log.h"

#include <gtest/gtest.h>

#include <array>

namespace parcelwake::log {
namespace {

constexpr std::array<Field, 3> kFields = {{{"route", "GET\n\"x\""}, {"status", std::int64_t{200}}, {"ms", 1.5}}};

TEST(LogLine, FieldsInJsonAndText) {
  EXPECT_EQ(line_of(Format::Json, "request", kFields),
            R"("event":"request","route":"GET\u000a\"x\"","status":200,"ms":1.500)");
  EXPECT_EQ(line_of(Format::Text, "request", kFields), "request: route=GET \"x\" status=200 ms=1.500");
}

TEST(LogLine, ADetailCannotBeginALineOfItsOwn) {
  EXPECT_EQ(line_of(Format::Text, "store", "a\nb"), "store: a b");
  EXPECT_EQ(line_of(Format::Json, "store", "a\nb"), R"("event":"store","detail":"a\u000ab")");
}

}  // namespace
}  // namespace parcelwake::log
