#include "server/stop_signals.h"

#include <pthread.h>

#include <initializer_list>

namespace parcelwake::server {

StopSignals::StopSignals() {
  sigemptyset(&signals_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is a write that fails, as on a full disk
}

bool StopSignals::wait_for_stop() {
  int signal = 0;
  while (sigwait(&signals_, &signal) != 0) {
  }
  return signal != SIGHUP;
}

void StopSignals::wait_for_stop(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  for (auto left = time; left.count() > 0;) {
    const timespec wait{.tv_sec = left.count() / 1000, .tv_nsec = left.count() % 1000 * 1'000'000};
    const int signal = sigtimedwait(&signals_, nullptr, &wait);
    if (signal > 0 && signal != SIGHUP) return;
    left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
  }
}

}  // namespace parcelwake::server
