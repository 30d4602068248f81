#pragma once

#include <chrono>

#include "ports/webhook_sender.h"
#include "wire/http/client/client.h"

namespace parcelwake::notify {

struct WebhookSettings {
  std::chrono::milliseconds timeout{10'000};  // of one attempt, from its first byte to the answer's last
  bool allow_private = false;                 // endpoints may be in this machine's own network

  bool operator==(const WebhookSettings&) const = default;
};

// Posts notices over HTTP, signs them and judges what comes back. Redirects are not followed; of an answer no more is
// read than a person wants to see.
class HttpWebhookSender final : public ports::WebhookSender {
 public:
  explicit HttpWebhookSender(WebhookSettings settings);

  // Starts its thread.
  void start() { client_.start(); }

  // What is under way fails with Stopped; what is sent afterwards is never called back.
  void stop() { client_.stop(); }

  void send(std::vector<ports::WebhookMessage> messages, Sent sent) override;

 private:
  wire::http::ClientRequest request_for(ports::WebhookMessage&& message) const;

  const WebhookSettings settings_;
  wire::http::Client client_;
};

}  // namespace parcelwake::notify
