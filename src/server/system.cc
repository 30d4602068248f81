#include "server/system.h"

#include <sys/resource.h>

#include <chrono>

#include "base/entropy.h"

namespace parcelwake::server {

void raise_open_files_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // without it we serve fewer
}

Timestamp SystemClock::now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::uint64_t SystemRandom::bits() { return entropy_bits(); }

}  // namespace parcelwake::server
