#include "carriers/sandbox/sandbox_gateway.h"

#include <memory>
#include <utility>

#include "carriers/sandbox/sandbox.h"

namespace parcelwake::carriers {
namespace {

SandboxReply reply_to(const ports::CarrierQuestion& question, Timestamp now) {
  if (question.carrier.text() != kSandboxCarrier) {
    return {fail(ports::CarrierFailure{ports::CarrierError::NotConnected, "only the sandbox can be asked", {}})};
  }
  return ask_sandbox(question.number, question.registered_at, now);
}

}  // namespace

SandboxGateway::SandboxGateway(ports::Clock& clock) : clock_(clock), thread_([this] { run(); }) {}

SandboxGateway::~SandboxGateway() {
  stop();
}

ports::Reachability SandboxGateway::reachability(const domain::CarrierCode& carrier) const {
  if (carrier.text() == kSandboxCarrier) return {true, ""};
  return {false, "No connector for this carrier is loaded; only the sandbox can be asked."};
}

void SandboxGateway::ask(std::vector<ports::CarrierQuestion> questions, Answered answered) {
  const auto call = std::make_shared<Answered>(std::move(answered));
  const Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto reply = std::make_shared<SandboxReply>(reply_to(questions[i], now));
    waiting_.emplace(std::chrono::steady_clock::now() + reply->delay,
                     [call, i, reply] { (*call)(i, std::move(reply->answer)); });
  }
  changed_.notify_one();
}

void SandboxGateway::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void SandboxGateway::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto next = waiting_.begin();
    if (next->first > std::chrono::steady_clock::now()) {
      changed_.wait_until(lock, next->first);
      continue;
    }
    const auto call = std::move(next->second);
    waiting_.erase(next);
    lock.unlock();
    call();
    lock.lock();
  }
}

}  // namespace parcelwake::carriers
