#pragma once

#include <memory>
#include <optional>

#include "api/common/dialect.h"
#include "api/common/request_json.h"
#include "api/common/response_json.h"
#include "api/common/services.h"
#include "api/common/target.h"
#include "app/accounts/admission.h"
#include "wire/http/server/reply.h"

namespace parcelwake::api {

// A request on its way through a dialect. `request` and `target` live until the route's function returns.
struct Call {
  const wire::http::Request& request;
  const Target& target;
  const Dialect& dialect;
  const Services& services;
  app::Caller caller{};
  Timestamp now{};
  std::optional<app::RateStanding> rate{};  // where the route is limited
};

inline FieldContext fields_of(const Call& call) {
  return {.account = call.caller.account,
          .time_zone = call.caller.time_zone,
          .catalogue = call.services.catalogue,
          .allowance = call.caller.allowance};
}

// Why a call that needs so much left on the balance, by default anything, cannot go on; nothing when it can. To be
// asked once the request makes sense. One statement for a metered account, none for others.
std::optional<Meta> refusal_without_balance(const Call& call, domain::Units cost = domain::Units::tenths(1));

// What may be kept after the route's function has returned: enough to render and send the answer.
class Answerer {
 public:
  Answerer(const Call& call, wire::http::Reply reply)
      : dialect_(call.dialect),
        services_(call.services),
        time_zone_(call.caller.time_zone),
        rate_(call.rate),
        reply_(std::make_shared<wire::http::Reply>(std::move(reply))) {}

  View view() const {
    return {
        .dialect = dialect_, .catalogue = services_.catalogue, .time_zone = time_zone_, .now = services_.clock.now()};
  }
  const Dialect& dialect() const { return dialect_; }
  // Says on the way how the caller stands with the rate limit, where there is one.
  void send(wire::http::Response&& response) const;
  void send_empty(Meta meta) const { send(empty_answer(meta, message_in(dialect_, meta, services_.support))); }

  // An empty text with room for most answers.
  std::string buffer() const {
    constexpr std::size_t kMostAnswers = 4096;
    std::string room = reply_->buffer();
    room.reserve(kMostAnswers);
    return room;
  }

  // An answer whose data `write` makes.
  template <class Write>
  void send_data(Meta meta, Write write) const {
    wire::http::Response response;
    response.status = http_status_of(meta);
    response.body = buffer();
    wire::json::Writer writer(response.body);
    begin_envelope(writer, meta);
    write(writer);
    writer.end_object();
    send(std::move(response));
  }

 private:
  const Dialect& dialect_;
  const Services& services_;
  UtcOffset time_zone_;
  std::optional<app::RateStanding> rate_;
  std::shared_ptr<wire::http::Reply> reply_;  // shared, because callbacks are copied
};

}  // namespace parcelwake::api
