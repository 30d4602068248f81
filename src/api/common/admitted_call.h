#pragma once

#include <string_view>

#include "api/common/services.h"
#include "app/accounts/admission.h"
#include "wire/http/server/message.h"
#include "wire/http/server/reply.h"

namespace parcelwake::api {

// Who makes a request, when, and whether it may.
struct AdmittedCall {
  app::Caller caller{};
  Timestamp now{};
  app::Admission admission{};
};

// Looks at what stands before a request's body, in every dialect: whose `key` it is, and whether that account may make
// a call that demands `demand`. Counts the call against its rate limit and tells the reply whose it is, beside what
// `label` says already. No statement for a key that is known.
Result<AdmittedCall, app::KeyError> admit_call(const wire::http::Request& request, std::string_view key,
                                               const app::Demand& demand, const Services& services,
                                               wire::http::Label label, wire::http::Reply& reply);

}  // namespace parcelwake::api
