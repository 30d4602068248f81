#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/notification/endpoint.h"
#include "ports/webhook_renderer.h"

namespace parcelwake::ports {

// One attempt.
struct WebhookMessage {
  std::string url;
  std::string name;  // the same at every attempt
  domain::EndpointSecret secret{};
  Timestamp sent_at{};
  RenderedWebhook content;
};

enum class WebhookError {
  NotTaken,     // It answered something else than that it took the notice. Try again.
  Gone,         // It wants no more (410). Never ask it again.
  Unreachable,  // No connection, or one that broke. Try again.
  TimedOut,     // No answer in time. Try again.
  Insecure,     // TLS failed: the certificate above all. Try again; somebody must look.
  Forbidden,    // Its host has a private address, which the configuration does not allow. Somebody must look.
  Unsendable,   // Its URL is none. Somebody must look.
  Stopped,      // The sender stopped before the answer came. As if nothing had been tried.
};

struct WebhookFailure {
  WebhookError error = WebhookError::Unreachable;
  std::string detail;                                    // for people and logs: "503"; no URL, no secret
  std::optional<std::chrono::milliseconds> retry_after;  // when to try again, where the endpoint says so
};

using WebhookOutcome = Result<std::string, WebhookFailure>;  // how it was taken, for people: "200"

// Sends notices to endpoints. Safe from any thread.
class WebhookSender {
 public:
  virtual ~WebhookSender() = default;

  // Calls back exactly once for each message, with its index, from a thread of the sender's own, in any order, within
  // its time-out.
  using Sent = std::function<void(std::size_t index, WebhookOutcome outcome)>;
  virtual void send(std::vector<WebhookMessage> messages, Sent sent) = 0;
};

}  // namespace parcelwake::ports
