#pragma once

#include <functional>
#include <memory>
#include <string>

#include "carriers/asking/connector_gateway.h"
#include "server/credential_vault.h"
#include "server/ticker.h"

namespace parcelwake::server {

// Takes credentials into use that `carrier setup` stores while the server runs, within a second or two.
class CredentialFollower {
 public:
  // Reads what is stored now. What cannot be opened is logged and left out.
  CredentialFollower(CredentialVault vault, carriers::CarrierSettingsBySection configured);

  // The configuration's settings with what was stored when this was made.
  carriers::CarrierSettingsBySection settings() const { return with_stored(configured_, stored_); }

  // From now on applies what changes to `gateway` and calls `changed` afterwards, on a thread of its own. Settings stay
  // as they are while what is stored cannot be opened; that is logged once.
  void follow(carriers::ConnectorGateway& gateway, std::function<void()> changed);

  // Waits for the pass under way; nothing is applied afterwards.
  void stop();

 private:
  bool read_again();

  const CredentialVault vault_;
  const carriers::CarrierSettingsBySection configured_;
  std::string state_;
  StoredCredentials stored_;
  std::unique_ptr<Ticker> ticker_;
};

}  // namespace parcelwake::server
