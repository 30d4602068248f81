#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "carriers/declaration/answer.h"
#include "carriers/declaration/request.h"
#include "domain/tracking/carrier_code.h"

namespace parcelwake::carriers {

// One way of a carrier to be asked and to answer.
struct WireFormat {
  std::string name;                // "dhl-unified-json"
  std::string version;             // of our reading of it; counts up when checkpoints would be read otherwise
  std::optional<Request> request;  // nothing: the carrier no longer takes it, or answers of it only come unasked
  Auth auth;
  std::vector<CredentialNeed> credentials;
  Batch batch;
  Budget budget;
  std::chrono::milliseconds timeout{20'000};
  AnswerMapping answer;

  std::string source() const { return name + "/" + version; }  // of the checkpoints read by it
};

// All that is known of asking one carrier, from connectors/<name>/carrier.toml. Immutable once loaded: safe to share
// between threads.
struct Declaration {
  std::string name;                           // the connector's folder
  std::string file;                           // where it was read from
  std::string signup_url;                     // where to get credentials
  std::string sample_number;                  // of a form the carrier takes, to try credentials with; empty: none
  std::vector<domain::CarrierCode> carriers;  // that it serves, by the catalogue's codes
  std::vector<std::string> airlines;          // instead of carriers: the prefixes of the air waybills it is asked about
  std::vector<WireFormat> formats;            // the first is asked unless the configuration names another

  const WireFormat* format(std::string_view format_name) const;  // nullptr: none of that name
  bool serves(const domain::CarrierCode& carrier) const;
};

}  // namespace parcelwake::carriers
