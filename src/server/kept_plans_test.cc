#include "server/kept_plans.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace parcelwake::server {
namespace {

using domain::Plan;
using domain::Units;

struct KeptPlans : ::testing::Test {
  std::string folder = ::testing::TempDir() + "kept_plans_" + std::to_string(::getpid());

  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST_F(KeptPlans, AreTheDefaultOnesWhereNoServerHasRun) { EXPECT_EQ(kept_plans(folder), domain::default_plans()); }

TEST_F(KeptPlans, AreWhatTheLastServerKept) {
  const domain::Plans plans = {
      {"unlimited", Plan{}},
      {"free", Plan{.monthly = Units::tenths(1005)}},
      {" two words ", Plan{.monthly = Units{}, .trial = std::chrono::days{7}}},
  };
  ASSERT_TRUE(keep_plans(folder, {{"old", Plan{}}}).ok());
  ASSERT_TRUE(keep_plans(folder, plans).ok());
  EXPECT_EQ(kept_plans(folder), plans);
}

TEST_F(KeptPlans, AreNotWrittenAgainUnchanged) {
  const domain::Plans plans = {{"free", Plan{.monthly = Units::tenths(1005)}}};
  ASSERT_TRUE(keep_plans(folder, plans).ok());
  const std::string second_name = folder + "/second-name";
  std::filesystem::create_hard_link(folder + "/plans", second_name);
  ASSERT_TRUE(keep_plans(folder, plans).ok());
  EXPECT_TRUE(std::filesystem::equivalent(folder + "/plans", second_name));
  ASSERT_TRUE(keep_plans(folder, {{"free", Plan{.monthly = Units::tenths(1006)}}}).ok());
  EXPECT_FALSE(std::filesystem::equivalent(folder + "/plans", second_name));
}

TEST_F(KeptPlans, LinesThatMakeNoSenseArePassedOver) {
  std::ofstream(folder + "/plans") << "\nhalf\n10 0 good\n10 x bad\n";
  EXPECT_EQ(kept_plans(folder), (domain::Plans{{"good", Plan{.monthly = Units::whole(1)}}}));
}

TEST_F(KeptPlans, ANameOfTwoLinesIsLeftOut) {
  ASSERT_TRUE(keep_plans(folder, {{"a\n10 0 b", Plan{}}, {"c", Plan{}}}).ok());
  EXPECT_EQ(kept_plans(folder), (domain::Plans{{"c", Plan{}}}));
}

}  // namespace
}  // namespace parcelwake::server
