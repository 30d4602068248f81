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

}  // namespace parcelwake::server
