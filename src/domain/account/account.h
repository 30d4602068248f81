#pragma once

#include <string>

#include "base/digest.h"
#include "base/time.h"
#include "domain/account/permission.h"
#include "domain/account/plan.h"
#include "domain/tracking/tracking_id.h"

namespace parcelwake::domain {

// Who the trackings belong to.
struct Account {
  AccountId id;
  std::string email;
  std::string plan;
  std::string phone;                           // empty: not told
  UtcOffset time_zone{std::chrono::hours{8}};  // of created_at and updated_at in answers
  Timestamp created_at{};
  bool blocked = false;       // no call of its is answered
  FeatureSet features_off{};  // beside those that its plan leaves out
};

using ApiKeyId = StrongId<struct ApiKeyTag>;

// An API key as we keep it: never the key itself.
struct ApiKey {
  ApiKeyId id;
  AccountId account;
  Sha256 digest{};
  std::string hint;  // the key's last four characters, for a person to tell keys apart
  Timestamp created_at{};
  bool revoked = false;
  PermissionSet permissions = kAllPermissions;
};

}  // namespace parcelwake::domain
