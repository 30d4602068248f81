#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "ports/carrier_gateway.h"
#include "wire/http/client/client.h"

namespace parcelwake::carriers {

// What a token request brought.
struct GrantedToken {
  std::string value;
  std::chrono::seconds lifetime{0};
};

// Reads the answer of an OAuth 2 token endpoint (RFC 6749, 5.1); some carriers send `expires_in` as a string.
Result<GrantedToken, ports::CarrierFailure> read_token_answer(const wire::http::ClientResponse& response);

// The access token of one credential, while it is good, and the last refusal, while it is fresh.
class AccessToken {
 public:
  // Nothing when there is none that will hold for the time of a request.
  std::optional<std::string> current(Timestamp now) const;

  void grant(GrantedToken token, Timestamp now);
  // The carrier did not accept it. A token that has been replaced meanwhile stays.
  void drop(const std::string& value);

  // Credentials that were refused are refused again: for a minute nobody asks.
  void refuse(ports::CarrierFailure failure, Timestamp now);
  std::optional<ports::CarrierFailure> refusal(Timestamp now) const;

 private:
  std::string value_;
  Timestamp good_until_{};
  std::optional<ports::CarrierFailure> refusal_;
  Timestamp refused_until_{};
};

}  // namespace parcelwake::carriers
