#pragma once

#include "base/time.h"
#include "domain/account/account.h"
#include "domain/account/permission.h"
#include "domain/account/plan.h"

namespace parcelwake::app {

// Who calls, as the request's key tells, and what it may do.
struct Caller {
  domain::AccountId account{};
  UtcOffset time_zone{};
  domain::PermissionSet permissions = domain::kAllPermissions;  // the key's
  domain::Allowance allowance{};
  bool api = true;  // the plan includes the API
  bool blocked = false;
  domain::FeatureSet features_off{};  // for the plan or for the account
};

}  // namespace parcelwake::app
