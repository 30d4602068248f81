#include "server/credential_follower.h"

#include <chrono>
#include <utility>

#include "base/observe/log.h"

namespace parcelwake::server {
namespace {

constexpr std::chrono::milliseconds kPause{1'000};

}  // namespace

CredentialFollower::CredentialFollower(CredentialVault vault, carriers::CarrierSettingsBySection configured)
    : vault_(std::move(vault)), configured_(std::move(configured)) {
  read_again();
}

// Whether other credentials are to be used than before.
bool CredentialFollower::read_again() {
  std::string state = vault_.state();  // before reading, so that what changes meanwhile is read next time
  if (state == state_) return false;
  auto stored = vault_.load();
  if (!stored) {
    static log::Throttle throttle;
    log::throttled(throttle, log::Level::Error, "credentials", "{}", stored.error());
    return false;  // tried again until it can be read
  }
  state_ = std::move(state);
  if (*stored == stored_) return false;
  stored_ = *std::move(stored);
  return true;
}

void CredentialFollower::follow(carriers::ConnectorGateway& gateway, std::function<void()> changed) {
  ticker_ = std::make_unique<Ticker>([this, &gateway, changed = std::move(changed)] {
    if (read_again()) {
      gateway.apply(settings());
      log::info("credentials", "stored credentials are used for {} sections", stored_.size());
      changed();
    }
    return kPause;
  });
}

void CredentialFollower::stop() {
  if (ticker_) ticker_->stop();
}

}  // namespace parcelwake::server
