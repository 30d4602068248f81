#include "wire/http/client/client.h"

#include <utility>

#include "wire/http/client/loop.h"

namespace parcelwake::wire::http {

Client::Client(ClientOptions options) : loop_(std::make_unique<Loop>(std::move(options))) {}
Client::~Client() = default;

void Client::start() { loop_->start(); }

void Client::stop() { loop_->stop(); }

void Client::send(ClientRequest request, Answered answered) { loop_->send(std::move(request), std::move(answered)); }

void Client::after(std::chrono::milliseconds delay, std::function<void()> due) { loop_->after(delay, std::move(due)); }

}  // namespace parcelwake::wire::http
