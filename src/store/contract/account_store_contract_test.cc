#include <gtest/gtest.h>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

using domain::Account;
using domain::ApiKey;

template <class Stores>
class AccountStoreContract : public testing::Test {
 protected:
  ports::AccountStore& store() { return *stores_.accounts; }
  Account add(const std::string& email) {
    return *store().add_account({.id = {},
                                 .email = email,
                                 .plan = "free",
                                 .phone = email.starts_with("bob") ? "" : "+49 30 1",
                                 .time_zone = UtcOffset{std::chrono::minutes{-210}},
                                 .created_at = minute(0)});
  }
  std::optional<ApiKey> add_key(domain::AccountId account, std::string_view secret) {
    return *store().add_key({.id = {},
                             .account = account,
                             .digest = sha256(secret),
                             .hint = std::string(secret.substr(0, 4)),
                             .created_at = minute(1)});
  }

 private:
  Stores stores_;
};

TYPED_TEST_SUITE(AccountStoreContract, AllStores);

TYPED_TEST(AccountStoreContract, AnAccountIsFoundByIdAndByEmailWhateverItsCase) {
  const Account ann = this->add("Ann@example.org");
  const Account bob = this->add("bob@example.org");
  EXPECT_NE(ann.id, bob.id);
  const auto found = *this->store().find_account(ann.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->email, "Ann@example.org");
  EXPECT_EQ(found->plan, "free");
  EXPECT_EQ(found->phone, "+49 30 1");
  EXPECT_EQ((*this->store().find_account(bob.id))->phone, "");
  EXPECT_EQ(found->time_zone.east.count(), -210);
  EXPECT_EQ(found->created_at, minute(0));
  EXPECT_EQ((*this->store().find_account_by_email("ann@EXAMPLE.org"))->id, ann.id);
  EXPECT_FALSE(*this->store().find_account_by_email("nobody@example.org"));
  EXPECT_FALSE(*this->store().find_account({.value = 99}));
  EXPECT_EQ((*this->store().accounts()).size(), 2u);
}

TYPED_TEST(AccountStoreContract, AnAccountsSettingsAreChangedTogetherAndAlone) {
  const Account ann = this->add("ann@example.org");
  const Account bob = this->add("bob@example.org");
  EXPECT_FALSE(ann.blocked);
  EXPECT_TRUE(ann.features_off.empty());
  const auto before = *this->store().data_version();
  const domain::FeatureSet features = {domain::Feature::Realtime, domain::Feature::Detect};
  const auto change = [&](Account& changed) {
    EXPECT_EQ(changed.plan, "free");
    EXPECT_EQ(changed.phone, "+49 30 1");
    changed.email = "other@example.org";
    changed.plan = "large";
    changed.phone = "";
    changed.time_zone = UtcOffset{std::chrono::minutes{60}};
    changed.blocked = true;
    changed.features_off = features;
  };
  const auto said = **this->store().update_account(ann.id, change);
  EXPECT_EQ(said.plan, "large");
  EXPECT_EQ(said.email, "ann@example.org");
  EXPECT_NE(*this->store().data_version(), before);
  const auto found = **this->store().find_account(ann.id);
  EXPECT_EQ(found.email, "ann@example.org");
  EXPECT_EQ(found.plan, "large");
  EXPECT_EQ(found.phone, "");
  EXPECT_EQ(found.time_zone.east.count(), 60);
  EXPECT_TRUE(found.blocked);
  EXPECT_EQ(found.features_off, features);
  EXPECT_FALSE((*this->store().find_account(bob.id))->blocked);
  const auto after = *this->store().data_version();
  EXPECT_FALSE(*this->store().update_account({.value = 99}, [](Account&) { FAIL() << "there is nobody to change"; }));
  EXPECT_EQ(*this->store().data_version(), after);
}

TYPED_TEST(AccountStoreContract, AKeyKeepsItsPermissions) {
  const Account ann = this->add("ann@example.org");
  ApiKey key{.id = {}, .account = ann.id, .digest = sha256("secret"), .hint = "", .created_at = minute(1)};
  key.permissions = {domain::Permission::Read, domain::Permission::Lookup};
  ASSERT_TRUE(*this->store().add_key(key));
  EXPECT_EQ((*this->store().find_key(sha256("secret")))->permissions, key.permissions);
  this->add_key(ann.id, "another");
  EXPECT_EQ((*this->store().find_key(sha256("another")))->permissions, domain::kAllPermissions);
}

TYPED_TEST(AccountStoreContract, AKeyIsFoundByItsDigestAndAddedOnce) {
  const Account ann = this->add("ann@example.org");
  const auto key = this->add_key(ann.id, "secret one");
  ASSERT_TRUE(key);
  EXPECT_FALSE(this->add_key(ann.id, "secret one"));
  EXPECT_TRUE(this->add_key(ann.id, "secret two"));
  const auto found = *this->store().find_key(sha256("secret one"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, key->id);
  EXPECT_EQ(found->account, ann.id);
  EXPECT_EQ(found->digest, sha256("secret one"));
  EXPECT_EQ(found->hint, "secr");
  EXPECT_EQ(found->created_at, minute(1));
  EXPECT_FALSE(found->revoked);
  EXPECT_FALSE(*this->store().find_key(sha256("secret three")));
  EXPECT_EQ((*this->store().keys()).size(), 2u);
}

TYPED_TEST(AccountStoreContract, ARevokedKeyStaysRevokedAndOnlyItsAccountCanRevoke) {
  const Account ann = this->add("ann@example.org");
  const Account bob = this->add("bob@example.org");
  const auto key = this->add_key(ann.id, "secret one");
  EXPECT_FALSE(*this->store().revoke_key(bob.id, key->id));
  EXPECT_FALSE((*this->store().find_key(sha256("secret one")))->revoked);
  EXPECT_TRUE(*this->store().revoke_key(ann.id, key->id));
  EXPECT_TRUE((*this->store().find_key(sha256("secret one")))->revoked);
  EXPECT_FALSE(this->add_key(bob.id, "secret one"));
}

TYPED_TEST(AccountStoreContract, TheVersionTellsOfEveryChange) {
  const auto at_first = *this->store().data_version();
  const Account ann = this->add("ann@example.org");
  const auto with_account = *this->store().data_version();
  EXPECT_NE(with_account, at_first);
  const auto key = this->add_key(ann.id, "secret one");
  const auto with_key = *this->store().data_version();
  EXPECT_NE(with_key, with_account);
  EXPECT_EQ(*this->store().data_version(), with_key);
  EXPECT_FALSE(this->add_key(ann.id, "secret one"));
  EXPECT_EQ(*this->store().data_version(), with_key);
  EXPECT_TRUE(*this->store().revoke_key(ann.id, key->id));
  EXPECT_NE(*this->store().data_version(), with_key);
}

}  // namespace
}  // namespace parcelwake::store
