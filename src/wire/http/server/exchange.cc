#include "wire/http/server/exchange.h"

#include <microhttpd.h>

#include <utility>

#include "wire/http/server/reply.h"

namespace parcelwake::wire::http {

namespace {

void answer(Exchange& exchange) {
  WaitingRoom* const room = exchange.room;
  if (exchange.state.exchange(Exchange::State::Answered, std::memory_order_acq_rel) == Exchange::State::Waiting) {
    room->release(exchange);
  }
}

}  // namespace

Reply::Reply(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

Reply& Reply::operator=(Reply&& other) noexcept {
  Reply old(std::move(exchange_));
  exchange_ = std::move(other.exchange_);
  return *this;
}

Reply::~Reply() {
  if (!exchange_) return;
  exchange_->unanswered = true;
  answer(*exchange_);
}

void Reply::label(const Label& label) { exchange_->label = label; }

std::string Reply::buffer() {
  std::string room = std::move(exchange_->response.body);
  room.clear();
  return room;
}

void Reply::send(Response&& response) && {
  const std::shared_ptr<Exchange> exchange = std::move(exchange_);
  exchange->response = std::move(response);
  answer(*exchange);
}

bool WaitingRoom::admit(const std::shared_ptr<Exchange>& exchange) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  MHD_suspend_connection(exchange->connection);
  exchange->place = sleepers_.size();
  sleepers_.push_back(exchange);
  Exchange::State open = Exchange::State::Open;
  if (!exchange->state.compare_exchange_strong(open, Exchange::State::Waiting, std::memory_order_acq_rel)) {
    MHD_resume_connection(exchange->connection);
    leave(*exchange);
  }
  return true;
}

void WaitingRoom::release(Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  MHD_resume_connection(exchange.connection);
  leave(exchange);
}

void WaitingRoom::close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  for (std::size_t i = sleepers_.size(); i-- > 0;) {
    Exchange& exchange = *sleepers_[i];
    Exchange::State waiting = Exchange::State::Waiting;
    if (exchange.state.compare_exchange_strong(waiting, Exchange::State::Abandoned, std::memory_order_acq_rel)) {
      MHD_resume_connection(exchange.connection);
      leave(exchange);
    }
  }
  // The rest has been answered by threads that are about to release it.
  emptied_.wait(lock, [this] { return sleepers_.empty(); });
}

void WaitingRoom::leave(Exchange& exchange) {
  const std::size_t place = exchange.place;
  sleepers_.back()->place = place;
  std::swap(sleepers_[place], sleepers_.back());
  sleepers_.pop_back();
  if (sleepers_.empty()) emptied_.notify_all();
}

}  // namespace parcelwake::wire::http
