#pragma once

#include <signal.h>

#include <chrono>

namespace parcelwake::server {

// Turns SIGTERM, SIGINT and SIGHUP into something to wait for. To be made on the main thread before any other thread
// exists: those made later inherit that the signals are blocked. SIGPIPE and SIGXFSZ are ignored.
class StopSignals {
 public:
  StopSignals();

  // Sleeps until one arrives. True: the process is asked to stop; false: to read its files again (SIGHUP).
  bool wait_for_stop();
  // Sleeps until the process is asked to stop, for `time` at most.
  void wait_for_stop(std::chrono::milliseconds time);

 private:
  sigset_t signals_;
};

}  // namespace parcelwake::server
