#include "server/credential_vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "server/system.h"

namespace parcelwake::server {
namespace {

namespace fs = std::filesystem;

class CredentialVaultTest : public ::testing::Test {
 protected:
  CredentialVaultTest() { fs::create_directories(folder_); }
  ~CredentialVaultTest() override { fs::remove_all(folder_); }

  CredentialVault vault(std::string key = "") const { return {folder_.string(), std::move(key)}; }
  std::string bytes(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const fs::path folder_ = fs::path(::testing::TempDir()) / ("parcelwake_vault_" + std::to_string(getpid()));
  SystemRandom random_;
};

const carriers::Credentials kDhl{{"api_key", "s3cret"}};
const std::string kKey(64, 'a');
const std::string kOtherKey(64, 'b');

TEST_F(CredentialVaultTest, IsEmptyWhereNothingIsKept) {
  EXPECT_TRUE(vault().load()->empty());
  EXPECT_TRUE(CredentialVault("/nonexistent/parcelwake", "").load()->empty());
}

TEST_F(CredentialVaultTest, KeepsWhatItIsGivenForItsOwnerOnly) {
  const carriers::Credentials odd{{"a name", "tab\tline\nnul" + std::string(1, '\0')}, {"empty", ""}};
  ASSERT_TRUE(vault().store("dhl", kDhl, random_).ok());
  ASSERT_TRUE(vault().store("ups", odd, random_).ok());
  EXPECT_EQ(*vault().load(), (StoredCredentials{{"dhl", kDhl}, {"ups", odd}}));
  for (const auto& file : fs::directory_iterator(folder_)) {
    EXPECT_EQ(file.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << file.path();
  }
}

TEST_F(CredentialVaultTest, TheFileShowsNoSecret) {
  ASSERT_TRUE(vault().store("dhl", kDhl, random_).ok());
  EXPECT_EQ(bytes("credentials").find("s3cret"), std::string::npos);
  EXPECT_EQ(bytes("credentials").find("733363726574"), std::string::npos);  // its hex digits
}

TEST_F(CredentialVaultTest, StoringAgainReplacesASectionAsAWhole) {
  ASSERT_TRUE(vault().store("dhl", {{"old", "x"}}, random_).ok());
  ASSERT_TRUE(vault().store("dhl", kDhl, random_).ok());
  EXPECT_EQ(*vault().load(), (StoredCredentials{{"dhl", kDhl}}));
}

TEST_F(CredentialVaultTest, RemovingTellsWhetherThereWasAny) {
  ASSERT_TRUE(vault().store("dhl", kDhl, random_).ok());
  EXPECT_FALSE(*vault().remove("ups", random_));
  EXPECT_TRUE(*vault().remove("dhl", random_));
  EXPECT_TRUE(vault().load()->empty());
}

TEST_F(CredentialVaultTest, AKeyOfTheEnvironmentNeedsNoKeyFile) {
  ASSERT_TRUE(vault(kKey).store("dhl", kDhl, random_).ok());
  EXPECT_FALSE(fs::exists(folder_ / "credentials.key"));
  EXPECT_EQ(vault(kKey).load()->size(), 1U);
  std::ofstream(folder_ / "elsewhere") << kKey << '\n';
  EXPECT_EQ(vault("file:" + (folder_ / "elsewhere").string()).load()->size(), 1U);
}

TEST_F(CredentialVaultTest, AnotherKeyOpensNothingAndOverwritesNothing) {
  ASSERT_TRUE(vault(kKey).store("dhl", kDhl, random_).ok());
  const std::string before = bytes("credentials");
  for (const std::string& key : {kOtherKey, std::string(), std::string("short"), std::string("file:/nonexistent")}) {
    EXPECT_FALSE(vault(key).load().ok()) << key;
    EXPECT_FALSE(vault(key).store("ups", kDhl, random_).ok()) << key;
    EXPECT_FALSE(vault(key).remove("dhl", random_).ok()) << key;
  }
  EXPECT_EQ(bytes("credentials"), before);
  EXPECT_FALSE(fs::exists(folder_ / "credentials.key"));
}

TEST_F(CredentialVaultTest, DamageIsNoticed) {
  ASSERT_TRUE(vault().store("dhl", kDhl, random_).ok());
  std::string damaged = bytes("credentials");
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  std::ofstream(folder_ / "credentials", std::ios::binary) << damaged;
  EXPECT_FALSE(vault().load().ok());
  std::ofstream(folder_ / "credentials", std::ios::binary) << "";
  EXPECT_FALSE(vault().load().ok());
}

TEST_F(CredentialVaultTest, ItsStateChangesWithEveryChange) {
  std::vector<std::string> states{vault().state()};
  const auto note = [&] { states.push_back(vault().state()); };
  ASSERT_TRUE(vault().store("dhl", kDhl, random_).ok());
  note();
  ASSERT_TRUE(vault().store("dhl", {{"api_key", "s4cret"}}, random_).ok());
  note();
  ASSERT_TRUE(*vault().remove("dhl", random_));
  note();
  for (std::size_t i = 1; i < states.size(); ++i) EXPECT_NE(states[i - 1], states[i]);
  EXPECT_EQ(vault().state(), states.back());
}

TEST_F(CredentialVaultTest, WritersAtTheSameTimeLoseNothing) {
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([this, i] {
      SystemRandom random;
      EXPECT_TRUE(vault().store("carrier-" + std::to_string(i), kDhl, random).ok());
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(vault().load()->size(), 8U);
}

TEST(WithStored, TheConfigurationWins) {
  carriers::CarrierSettingsBySection configured;
  configured["ups"].credentials = {{"client_id", "configured"}};
  configured["ups"].base_url = "http://localhost";
  const auto merged =
      with_stored(configured, {{"dhl", kDhl}, {"ups", {{"client_id", "stored"}, {"client_secret", "stored"}}}});
  EXPECT_EQ(merged.at("dhl").credentials, kDhl);
  EXPECT_EQ(merged.at("ups").credentials,
            (carriers::Credentials{{"client_id", "configured"}, {"client_secret", "stored"}}));
  EXPECT_EQ(merged.at("ups").base_url, "http://localhost");
  EXPECT_TRUE(merged.at("ups").credential_sources.contains("client_secret"));
}

}  // namespace
}  // namespace parcelwake::server
