#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/time.h"
#include "ports/clock.h"

namespace parcelwake::app {

// Who is silent for so long has died: longer than the time-out of any carrier.
inline constexpr std::chrono::minutes kLongestAsk{2};

// The asks that are under way, by what is asked, and who waits for what comes of each: so that nobody asks what is
// being asked, and all who want it share one outcome, a failure too. Safe from any thread.
template <class Key, class Outcome>
class OpenAsks {
 public:
  using Done = std::function<void(const Outcome&)>;

  explicit OpenAsks(ports::Clock& clock) : clock_(clock) {}

  // `done` is called once, by tell(). True: nobody asks, or whoever does has been silent for kLongestAsk, and so the
  // caller is to ask. Those who waited for a silent one are told with the caller.
  [[nodiscard]] bool join(const Key& key, Done done) {
    const std::scoped_lock lock(mutex_);
    const auto [at, is_new] = open_.try_emplace(key);
    Ask& ask = at->second;
    ask.waiting.push_back(std::move(done));
    return begin(ask, is_new);
  }

  // The caller asks, and need not be told what comes of it.
  void begin(const Key& key) {
    const std::scoped_lock lock(mutex_);
    const auto [at, is_new] = open_.try_emplace(key);
    begin(at->second, is_new);
  }

  // An ask has ended, well or not. Calls all who wait for the key, in the order in which they came, on this thread.
  void tell(const Key& key, const Outcome& outcome) {
    for (const Done& done : take(key)) done(outcome);
  }

 private:
  struct Ask {
    Timestamp begun_at{};
    std::vector<Done> waiting;
  };

  bool begin(Ask& ask, bool is_new) {
    const Timestamp now = clock_.now();
    // A clock that was put back says nothing of how long it has been.
    const bool is_alive = !is_new && now >= ask.begun_at && now - ask.begun_at < kLongestAsk;
    if (!is_alive) ask.begun_at = now;
    return !is_alive;
  }

  std::vector<Done> take(const Key& key) {
    const std::scoped_lock lock(mutex_);
    auto ended = open_.extract(key);
    return ended ? std::move(ended.mapped().waiting) : std::vector<Done>{};
  }

  ports::Clock& clock_;
  std::mutex mutex_;
  std::map<Key, Ask> open_;
};

}  // namespace parcelwake::app
