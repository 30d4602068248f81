#include "api/common/account_routes.h"

#include <string>
#include <utility>

#include "api/common/reply_for_error.h"
#include "app/accounts/admission.h"
#include "base/ascii.h"

namespace parcelwake::api {

using wire::http::Reply;
using wire::json::Writer;

void get_user_info(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto account = call.services.keys.account(call.caller.account);
  if (!account) return answerer.send_empty(Meta::Unavailable);
  const auto left = app::remaining(call.caller, call.services.readers.of_this_thread().ledger(), call.now);
  if (!left) return answerer.send_empty(meta_for(left.error()));
  answerer.send_data(Meta::Ok, [&](Writer& writer) {
    writer.begin_object().field("email", account->email);
    writer.field("regtime", std::to_string(unix_seconds(account->created_at))).field("phone", account->phone);
    writer.key("money").raw(domain::to_string(left->balance)).field("track_number", left->numbers).end_object();
  });
}

void count_statuses(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  // As with the list: a body that says nothing is passed over where the query speaks.
  if (!body && ascii::equals_ignoring_case(call.request.method, "POST")) return answerer.send_empty(body.error());
  const auto filter = read_count(call.target, body ? &body->rows().front() : nullptr, fields_of(call));
  if (!filter) return answerer.send_empty(filter.error());
  auto counts = call.services.readers.of_this_thread().count_by_status(*filter);
  if (!counts) return answerer.send_empty(meta_for(counts.error()));
  if (call.dialect.ageing == Ageing::Exception) {
    auto& aged = (*counts)[static_cast<std::size_t>(domain::Status::Expired)];
    (*counts)[static_cast<std::size_t>(domain::Status::Exception)] += std::exchange(aged, 0);
  }
  answerer.send_data(Meta::Ok, [&](Writer& writer) {
    writer.begin_object();
    for (std::size_t i = 0; i < counts->size(); ++i) {
      writer.field(domain::name_of(static_cast<domain::Status>(i)), (*counts)[i]);
    }
    writer.end_object();
  });
}

}  // namespace parcelwake::api
