#include "carriers/sandbox/scenario_book.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

std::string with(std::string_view scenario) {
  return "carrier_source = \"s/1\"\n"
         "[places]\nhere = { name = \"Here\", offset = \"+01:00\" }\n"
         "[steps]\n"
         "first = { hour = 0, code = \"A\", text = \"a\", place = \"here\", reading = \"transit001\" }\n"
         "second = { hour = 2, code = \"B\", text = \"b\", place = \"here\" }\n"
         "[scenarios]\n" +
         std::string(scenario) + "\n";
}

std::string refusal(std::string_view scenario) {
  const auto book = ScenarioBook::load(with(scenario), "s.toml");
  return book ? "" : book.error().front().message;
}

TEST(ScenarioBook, TheLongestNameCounts) {
  const auto book = ScenarioBook::load(with("ROAD = { steps = [\"first\"] }\nROADLONG = { steps = [\"first\"] }"), "s");
  ASSERT_TRUE(book.ok());
  const auto found = book->find("sbx-road_long-7");
  EXPECT_EQ(found.scenario, &book->scenarios().at("ROADLONG"));
  EXPECT_EQ(found.rest, "7");
  EXPECT_EQ(book->find("SBXROA").scenario, nullptr);
}

TEST(ScenarioBook, MistakesAreRefused) {
  EXPECT_EQ(refusal("ROAD = { steps = [\"first\"] }"), "");
  EXPECT_NE(refusal("ROAD = { steps = [\"third\"] }"), "");
  EXPECT_NE(refusal("ROAD = { steps = [\"second\", \"first\"] }"), "");
  EXPECT_NE(refusal("ROAD = { }"), "");
  EXPECT_NE(refusal("ROAD = { error = \"lost\", detail = \"x\" }"), "");
  EXPECT_NE(refusal("ROAD = { steps = [\"first\"], colour = 1 }"), "");
  EXPECT_NE(refusal("road = { steps = [\"first\"] }"), "");
}

}  // namespace
}  // namespace parcelwake::carriers
