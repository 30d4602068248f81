#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <utility>

#include "app/accounts/change_account.h"
#include "app/accounts/key_directory.h"
#include "app/accounts/open_account.h"
#include "app/testing/seeded_random.h"
#include "domain/tracking/examples.h"
#include "store/memory/memory_account_store.h"

namespace parcelwake::app {
namespace {

using domain::Account;
using domain::ApiKey;
using testing::SeededRandom;

const Timestamp kNow = domain::examples::utc(2024, 3, 1);

Account wanted(std::string email) {
  return {.id = {},
          .email = std::move(email),
          .plan = "free",
          .phone = "+49 30 1",
          .time_zone = UtcOffset{std::chrono::hours{1}}};
}

// Counts the statements that a directory makes on a store that others write to.
class CountedStore final : public ports::AccountStore {
 public:
  explicit CountedStore(ports::AccountStore& store) : store_(store) {}

  int reads = 0;  // of all keys or accounts, or of one
  int version_reads = 0;
  bool broken = false;
  std::function<void()> after_read = [] {};  // what others do once all keys, or all accounts, are read

  Result<Account, ports::StoreError> add_account(const Account& account) override {
    return store_.add_account(account);
  }
  Result<std::optional<Account>, ports::StoreError> find_account(domain::AccountId id) override {
    return counted(store_.find_account(id));
  }
  Result<std::optional<Account>, ports::StoreError> find_account_by_email(std::string_view email) override {
    return counted(store_.find_account_by_email(email));
  }
  Result<std::vector<Account>, ports::StoreError> accounts() override { return counted(store_.accounts()); }
  Result<std::optional<Account>, ports::StoreError> update_account(domain::AccountId id,
                                                                   const AccountChange& change) override {
    return store_.update_account(id, change);
  }
  Result<std::optional<ApiKey>, ports::StoreError> add_key(const ApiKey& key) override { return store_.add_key(key); }
  Result<std::optional<ApiKey>, ports::StoreError> find_key(const Sha256& digest) override {
    return counted(store_.find_key(digest));
  }
  Result<std::vector<ApiKey>, ports::StoreError> keys() override { return counted(store_.keys()); }
  Result<bool, ports::StoreError> revoke_key(domain::AccountId account, domain::ApiKeyId key) override {
    return store_.revoke_key(account, key);
  }
  Result<std::int64_t, ports::StoreError> data_version() override {
    ++version_reads;
    if (broken) return fail(ports::StoreError::Broken);
    return store_.data_version();
  }

 private:
  template <class Value>
  Value counted(Value value) {
    ++reads;
    std::exchange(after_read, [] {})();
    return value;
  }

  ports::AccountStore& store_;
};

struct Keys : ::testing::Test {
  store::MemoryAccountStore store;
  SeededRandom random;
  NewAccount account = *open_account(wanted("a@example.com"), store, random, kNow);
  CountedStore* counted = nullptr;
  KeyDirectory directory{[this] {
    auto made = std::make_unique<CountedStore>(store);
    counted = made.get();
    return made;
  }()};

  domain::ApiKeyId first_key() { return store.keys()->front().id; }
};

TEST_F(Keys, OfAnAccountTellWhoCalls) {
  ASSERT_TRUE(directory.refresh().ok());
  const auto caller = directory.find(account.api_key);
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->account, account.account.id);
  EXPECT_EQ(caller->time_zone, UtcOffset{std::chrono::hours{1}});
}

TEST_F(Keys, AddedWhileTheOthersAreReadAreNobodyElses) {
  std::optional<NewAccount> added;
  counted->after_read = [&] { added = *open_account(wanted("late@example.com"), store, random, kNow); };
  ASSERT_TRUE(directory.refresh().ok());
  ASSERT_TRUE(added);
  const auto caller = directory.find(added->api_key);
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->account, added->account.id);
}

TEST_F(Keys, LeadToTheirAccountWithoutAStatement) {
  ASSERT_TRUE(directory.refresh().ok());
  const int before = counted->reads;
  const auto found = directory.account(account.account.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->email, "a@example.com");
  EXPECT_EQ(found->phone, "+49 30 1");
  EXPECT_EQ(found->created_at, kNow);
  EXPECT_FALSE(directory.account(domain::AccountId{99}));
  EXPECT_EQ(counted->reads, before);
}

TEST_F(Keys, TellWhatTheirAccountAndItsPlanAllow) {
  const auto limited =
      import_key(account.account.id, "read only", store, kNow, domain::PermissionSet{domain::Permission::Read});
  ASSERT_TRUE(limited.ok());
  ASSERT_TRUE(directory.refresh().ok());
  EXPECT_EQ(directory.find("read only")->permissions, domain::PermissionSet{domain::Permission::Read});
  const auto caller = directory.find(account.api_key);
  EXPECT_EQ(caller->permissions, domain::kAllPermissions);
  EXPECT_EQ(caller->allowance, (domain::Allowance{.metered = true, .monthly = domain::Units::whole(500)}));
  const auto metered = directory.metered_accounts();
  ASSERT_EQ(metered->size(), 1U);
  EXPECT_EQ(metered->front().account, account.account.id);
  EXPECT_EQ(directory.metered_accounts(), metered) << "the same until something changes";

  AccountPatch patch{.plan = "unheard of", .blocked = true};
  patch.switch_off = {domain::Feature::Realtime};
  ASSERT_TRUE(change_account(account.account.id, patch, store).ok());
  ASSERT_TRUE(directory.refresh().ok());
  const auto changed = directory.find(account.api_key);
  EXPECT_TRUE(changed->blocked);
  EXPECT_TRUE(changed->features_off.contains(domain::Feature::Realtime));
  EXPECT_FALSE(changed->allowance.metered);
  EXPECT_TRUE(directory.metered_accounts()->empty());
}

TEST_F(Keys, OfAnAccountFollowItsChanges) {
  AccountPatch patch{.phone = "+1 2"};
  patch.switch_off = {domain::Feature::Realtime, domain::Feature::Detect};
  ASSERT_TRUE(change_account(account.account.id, patch, store).ok());
  AccountPatch back;
  back.switch_on = {domain::Feature::Detect};
  const auto changed = change_account(account.account.id, back, store);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->features_off, domain::FeatureSet{domain::Feature::Realtime});
  EXPECT_EQ(changed->phone, "+1 2");
  EXPECT_EQ(changed->plan, "free");
  EXPECT_EQ(change_account(domain::AccountId{99}, back, store).error(), AccountError::AccountUnknown);
  EXPECT_EQ(change_account(account.account.id, {.phone = "call me"}, store).error(), AccountError::PhoneMalformed);
}

TEST_F(Keys, ThatAreKnownCostNoStatement) {
  ASSERT_TRUE(directory.refresh().ok());
  const int before = counted->version_reads;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(directory.find(account.api_key).ok());
  EXPECT_EQ(counted->version_reads, before);
}

TEST_F(Keys, ThatAreNewWorkAtOnce) {
  ASSERT_TRUE(directory.refresh().ok());
  const auto added = create_key(account.account.id, store, random, kNow);
  EXPECT_TRUE(directory.find(added->api_key).ok());
}

TEST_F(Keys, ThatAreRevokedStopAtTheNextRefresh) {
  ASSERT_TRUE(directory.refresh().ok());
  ASSERT_TRUE(revoke_key(account.account.id, first_key(), store).ok());
  EXPECT_TRUE(directory.find(account.api_key).ok());
  ASSERT_TRUE(directory.refresh().ok());
  ASSERT_FALSE(directory.find(account.api_key).ok());
  EXPECT_EQ(directory.find(account.api_key).error(), KeyError::Revoked);
}

TEST_F(Keys, ThatAreWrongCostOneLookAtTheVersionEach) {
  ASSERT_TRUE(directory.refresh().ok());
  const int reads = counted->reads;
  const int version_reads = counted->version_reads;
  for (int i = 0; i < 100; ++i) {
    const auto found = directory.find("wrong " + std::to_string(i));
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error(), KeyError::Unknown);
  }
  EXPECT_EQ(counted->reads, reads);
  EXPECT_EQ(counted->version_reads, version_reads + 100);
}

TEST_F(Keys, ThatAreMissingCostNothing) {
  EXPECT_EQ(directory.find("").error(), KeyError::Unknown);
  EXPECT_EQ(counted->version_reads, 0);
}

TEST_F(Keys, AreNotCalledWrongWhenTheStoreCannotBeRead) {
  ASSERT_TRUE(directory.refresh().ok());
  counted->broken = true;
  EXPECT_FALSE(directory.refresh().ok());
  EXPECT_TRUE(directory.find(account.api_key).ok()) << "what is in memory goes on working";
  EXPECT_EQ(directory.find("another").error(), KeyError::StoreFailed);
}

TEST_F(Keys, HaveTheShapeOfAUuid) {
  EXPECT_EQ(account.api_key.size(), 36U);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) EXPECT_EQ(account.api_key[at], '-');
  EXPECT_EQ(store.keys()->front().hint, account.api_key.substr(32));
}

TEST_F(Keys, AreImportedSpacesAndAll) {
  const auto imported = import_key(account.account.id, "  my old key ", store, kNow);
  ASSERT_TRUE(imported.ok());
  EXPECT_EQ(imported->api_key, "my old key");
  EXPECT_TRUE(directory.find("my old key").ok());
}

TEST_F(Keys, ThatNoHeaderCanCarryAreRefused) {
  for (const std::string& text :
       {std::string(), std::string("   "), std::string("a\nb"), std::string("a\x7f"), std::string(257, 'a')}) {
    const auto imported = import_key(account.account.id, text, store, kNow);
    ASSERT_FALSE(imported.ok()) << text;
    EXPECT_EQ(imported.error(), AccountError::KeyMalformed);
  }
}

TEST_F(Keys, AreUniqueOverAccountsRevokedOrNot) {
  const auto other = open_account(wanted("b@example.com"), store, random, kNow);
  ASSERT_TRUE(revoke_key(account.account.id, first_key(), store).ok());
  EXPECT_EQ(import_key(other->account.id, account.api_key, store, kNow).error(), AccountError::KeyTaken);
}

TEST_F(Keys, BelongToAccountsThatThereAre) {
  EXPECT_EQ(create_key(domain::AccountId{99}, store, random, kNow).error(), AccountError::AccountUnknown);
  EXPECT_EQ(revoke_key(domain::AccountId{99}, first_key(), store).error(), AccountError::KeyUnknown);
}

TEST_F(Keys, AnAccountIsOpenedOncePerAddress) {
  EXPECT_EQ(open_account(wanted("A@example.com"), store, random, kNow).error(), AccountError::EmailTaken);
  for (const char* address : {"", "@b", "a@", "ab", "a b@c", "a@b\n"}) {
    EXPECT_EQ(open_account(wanted(address), store, random, kNow).error(), AccountError::EmailMalformed) << address;
  }
  Account account_without = wanted("c@example.com");
  account_without.phone = "call me";
  EXPECT_EQ(open_account(account_without, store, random, kNow).error(), AccountError::PhoneMalformed);
  account_without.phone = "";
  EXPECT_TRUE(open_account(account_without, store, random, kNow).ok());
}

}  // namespace
}  // namespace parcelwake::app
