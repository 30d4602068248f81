#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "wire/http/server/message.h"
#include "wire/http/server/observed.h"

struct MHD_Connection;

namespace parcelwake::wire::http {

class WaitingRoom;

// What a connection and the Reply to its request share.
struct Exchange {
  enum class State {
    Open,       // The handler runs, or has returned and the connection is not asleep yet.
    Waiting,    // The connection sleeps in the waiting room.
    Answered,   // `response` is there.
    Abandoned,  // The server stops; whatever comes now is dropped.
  };

  std::atomic<State> state{State::Open};
  Response response;        // written by the Reply before Answered, read by the connection after
  Label label;              // written and read like `response`
  bool unanswered = false;  // the Reply was destroyed unsent; written and read like `response`
  MHD_Connection* connection = nullptr;
  WaitingRoom* room = nullptr;
  std::size_t place = 0;  // in the room
};

// The connections that sleep until their answer comes. It outlives every sleeper: close() before the daemon stops.
class WaitingRoom {
 public:
  // Puts the exchange's connection to sleep, unless it has been answered meanwhile; then it goes on at once.
  // False when the room is closed: nothing has been done. Only from the connection's own thread.
  bool admit(const std::shared_ptr<Exchange>& exchange);

  // Wakes the connection of an exchange that was Waiting and has just been Answered.
  void release(Exchange& exchange);

  // Lets nobody in any more, wakes everybody as Abandoned and returns when all are awake.
  void close();

 private:
  void leave(Exchange& exchange);

  std::mutex mutex_;
  std::condition_variable emptied_;
  std::vector<std::shared_ptr<Exchange>> sleepers_;
  bool closed_ = false;
};

}  // namespace parcelwake::wire::http
