#pragma once

#include <poll.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace parcelwake::wire::http {

// One open connection as the caretaker sees it.
struct Watched {
  static constexpr std::int64_t kNone = INT64_MAX;

  int socket = -1;
  std::atomic<std::int64_t> deadline_ms{kNone};  // on the clock of now_ms()
  std::atomic<bool> idle{true};                  // no request's head has come whole
  std::size_t place = 0;                         // in the caretaker's list
};

// A thread for what libmicrohttpd leaves undone. It shuts the sockets of connections whose deadline has passed: the
// library's time-out counts silence only. It makes the library look again where a client has stopped sending: an end
// that arrives together with the last bytes goes unseen. And it keeps refused connections open for the moment that
// their client needs to read the refusal: a socket closed with unread bytes is reset, and the answer may be lost with
// it.
class Caretaker {
 public:
  Caretaker();
  ~Caretaker();

  // From add to remove, `connection` and its socket stay valid.
  void add(Watched& connection);
  void remove(Watched& connection);

  // Sends a FIN on `socket`, reads and forgets what still comes, for two seconds at most, and closes it. Owns it.
  void linger(int socket);

  // Ends every connection that is idle, one in the middle of a head too; what has arrived already is still read.
  void end_idle();

  std::size_t connections();  // open now

  // Monotonic, cheap and some milliseconds coarse.
  static std::int64_t now_ms();

 private:
  struct Lingering {
    int socket;
    std::int64_t deadline_ms;
  };

  void run();
  void end_overdue(std::int64_t now);
  void pass_on_half_closes();
  void drain_lingering(std::int64_t now);
  void wake() const;

  const int wake_;  // an eventfd
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<Watched*> connections_;
  std::vector<pollfd> looked_at_;     // the thread's own, kept for its memory
  std::vector<Lingering> arrivals_;   // handed over, not yet seen by the thread
  std::vector<Lingering> lingering_;  // the thread's own
  std::thread thread_;
};

}  // namespace parcelwake::wire::http
