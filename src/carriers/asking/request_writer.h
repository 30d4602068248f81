#pragma once

#include <string>

#include "base/result.h"
#include "carriers/asking/template_text.h"
#include "carriers/declaration/declaration.h"
#include "wire/http/client/client.h"

namespace parcelwake::carriers {

// Where requests go.
struct Destination {
  std::string base_url;   // no slash at the end
  bool replaced = false;  // by the operator: everything goes there, token requests too, private addresses allowed

  bool operator==(const Destination&) const = default;
};

// The request that asks about all of values.questions. `format` has a request.
Result<wire::http::ClientRequest, Unrenderable> write_request(const WireFormat& format, const Destination& destination,
                                                              const TemplateValues& values);

// The request that fetches an access token by the format's OAuth 2 rule.
Result<wire::http::ClientRequest, Unrenderable> write_token_request(const WireFormat& format,
                                                                    const Destination& destination,
                                                                    const TemplateValues& values);

}  // namespace parcelwake::carriers
