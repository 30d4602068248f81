#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace parcelwake::server {

// Does one bounded piece of work again and again, on a thread of its own.
class Ticker {
 public:
  // `pass` says how long to wait before the next one; nudge() shortens the wait. The first pass runs at once.
  explicit Ticker(std::function<std::chrono::milliseconds()> pass);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  void nudge();  // from any thread
  void stop();   // waits for the pass under way

 private:
  void run();

  std::function<std::chrono::milliseconds()> pass_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool nudged_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parcelwake::server
