#pragma once

#include <memory>
#include <optional>

#include "api/common/request_json.h"
#include "api/common/services.h"
#include "api/common/target.h"
#include "api/trackingmore_v4/meta.h"
#include "api/trackingmore_v4/response_json.h"
#include "app/accounts/admission.h"
#include "wire/http/server/reply.h"

namespace parcelwake::api::trackingmore_v4 {

// A request on its way through the dialect. `request` and `target` live until the route's function returns.
struct Call {
  const wire::http::Request& request;
  const Target& target;
  const Services& services;
  app::Caller caller{};
  Timestamp now{};
  std::optional<app::RateStanding> rate{};  // where the route is limited

  FieldContext fields() const {
    return {.account = caller.account,
            .time_zone = caller.time_zone,
            .catalogue = services.catalogue,
            .allowance = caller.allowance};
  }
};

// Why a call that needs so much left on the balance, by default anything, cannot go on; nothing when it can. To be
// asked once the request makes sense. One statement for a metered account, none for others.
std::optional<Code> refusal_without_balance(const Call& call, domain::Units cost = domain::Units::tenths(1));

// What may be kept after the route's function has returned: enough to render and send the answer.
class Answerer {
 public:
  Answerer(const Call& call, wire::http::Reply reply)
      : services_(call.services),
        time_zone_(call.caller.time_zone),
        rate_(call.rate),
        reply_(std::make_shared<wire::http::Reply>(std::move(reply))) {}

  View view() const {
    return {.catalogue = services_.catalogue, .time_zone = time_zone_, .now = services_.clock.now()};
  }
  // Says on the way how the caller stands with the rate limit, where there is one.
  void send(wire::http::Response&& response) const;
  void send_error(Code code) const { send(error_answer(code)); }

  // A success whose data `write` makes.
  template <class Write>
  void send_data(Write write) const {
    wire::http::Response response;
    response.body.reserve(4096);  // most answers
    wire::json::Writer writer(response.body);
    begin_envelope(writer, Code::Ok);
    write(writer);
    writer.end_object();
    send(std::move(response));
  }

 private:
  const Services& services_;
  UtcOffset time_zone_;
  std::optional<app::RateStanding> rate_;
  std::shared_ptr<wire::http::Reply> reply_;  // shared, because callbacks are copied
};

}  // namespace parcelwake::api::trackingmore_v4
