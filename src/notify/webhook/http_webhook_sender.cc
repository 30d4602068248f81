#include "notify/webhook/http_webhook_sender.h"

#include <iterator>
#include <memory>
#include <utility>

#include "notify/webhook/standard_signature.h"
#include "wire/http/client/retry_after.h"

namespace parcelwake::notify {
namespace {

using ports::TakenBy;
using ports::WebhookError;
using ports::WebhookFailure;
using ports::WebhookOutcome;
using wire::http::ClientError;
using wire::http::ClientResponse;

constexpr std::size_t kLongestAnswer = std::size_t{16} << 10;

bool is_taken(int status, TakenBy taken_by) {
  return taken_by == TakenBy::Only200 ? status == 200 : status >= 200 && status < 300;
}

WebhookOutcome judge(const ClientResponse& response, TakenBy taken_by, Timestamp sent_at) {
  std::string status = std::to_string(response.status);
  if (is_taken(response.status, taken_by)) return status;
  return fail(WebhookFailure{.error = response.status == 410 ? WebhookError::Gone : WebhookError::NotTaken,
                             .detail = std::move(status),
                             .retry_after = wire::http::parse_retry_after(response.retry_after, sent_at)});
}

WebhookError error_for(ClientError::Kind kind) {
  switch (kind) {
    case ClientError::Kind::Malformed:
      return WebhookError::Unsendable;
    case ClientError::Kind::ForbiddenAddress:
      return WebhookError::Forbidden;
    case ClientError::Kind::Insecure:
      return WebhookError::Insecure;
    case ClientError::Kind::TimedOut:
      return WebhookError::TimedOut;
    case ClientError::Kind::TooLarge:
    case ClientError::Kind::Garbled:
      return WebhookError::NotTaken;
    case ClientError::Kind::Unreachable:
      return WebhookError::Unreachable;
    case ClientError::Kind::Stopped:
      return WebhookError::Stopped;
  }
  return WebhookError::Unreachable;
}

WebhookOutcome judge(const ClientError& error) {
  return fail(WebhookFailure{.error = error_for(error.kind), .detail = error.detail, .retry_after = {}});
}

// Endpoints of many accounts may live on one host, and those that stall must leave room for the others.
wire::http::ClientOptions client_options() {
  wire::http::ClientOptions options;
  options.connections_per_host = 256;
  return options;
}

}  // namespace

HttpWebhookSender::HttpWebhookSender(WebhookSettings settings) : settings_(settings), client_(client_options()) {}

wire::http::ClientRequest HttpWebhookSender::request_for(ports::WebhookMessage&& message) const {
  wire::http::ClientRequest request;
  request.method = wire::http::ClientMethod::Post;
  request.url = std::move(message.url);
  request.headers = standard_headers(message.name, message.sent_at, message.content.body, message.secret);
  request.headers.emplace_back("Content-Type", "application/json");
  auto& own = message.content.headers;
  request.headers.insert(request.headers.end(), std::make_move_iterator(own.begin()),
                         std::make_move_iterator(own.end()));
  request.body = std::move(message.content.body);
  request.timeout = settings_.timeout;
  request.max_body = kLongestAnswer;
  request.cut_body = true;
  request.allow_private = settings_.allow_private;
  return request;
}

void HttpWebhookSender::send(std::vector<ports::WebhookMessage> messages, Sent sent) {
  const auto shared = std::make_shared<Sent>(std::move(sent));
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const TakenBy taken_by = messages[i].content.taken_by;
    const Timestamp sent_at = messages[i].sent_at;
    client_.send(request_for(std::move(messages[i])), [shared, i, taken_by, sent_at](const auto& answer) {
      (*shared)(i, answer ? judge(answer.value(), taken_by, sent_at) : judge(answer.error()));
    });
  }
}

}  // namespace parcelwake::notify
