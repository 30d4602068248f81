#pragma once

#include <optional>
#include <string>

#include "app/accounts/open_account.h"
#include "base/result.h"
#include "domain/account/account.h"
#include "ports/account_store.h"

namespace parcelwake::app {

// What to change of an account; what is not given stays.
struct AccountPatch {
  std::optional<std::string> plan{};
  std::optional<std::string> phone{};
  std::optional<UtcOffset> time_zone{};
  std::optional<bool> blocked{};
  domain::FeatureSet switch_off{};
  domain::FeatureSet switch_on{};  // those that its plan leaves out stay off
};

// Says the account as it then is; what others change of it at the same time stays. A running server goes by it within a
// second.
Result<domain::Account, AccountError> change_account(domain::AccountId id, const AccountPatch& patch,
                                                     ports::AccountStore& store);

}  // namespace parcelwake::app
