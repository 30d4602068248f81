#include "server/ticker.h"

#include <utility>

namespace parcelwake::server {

Ticker::Ticker(std::function<std::chrono::milliseconds()> pass) : pass_(std::move(pass)), thread_([this] { run(); }) {}

Ticker::~Ticker() { stop(); }

void Ticker::nudge() {
  {
    const std::scoped_lock lock(mutex_);
    nudged_ = true;
  }
  changed_.notify_one();
}

void Ticker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Ticker::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    nudged_ = false;
    lock.unlock();
    const auto pause = pass_();
    lock.lock();
    changed_.wait_for(lock, pause, [this] { return stopping_ || nudged_; });
  }
}

}  // namespace parcelwake::server
