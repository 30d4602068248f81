#pragma once

#include <curl/curl.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "wire/http/client/client.h"
#include "wire/http/client/transfer.h"

namespace parcelwake::wire::http {

// The client's thread: one libcurl multi handle driven by one epoll.
//
// Other threads only append to the two queues and ring the bell; all else belongs to the thread.
class Client::Loop {
 public:
  explicit Loop(ClientOptions options);
  ~Loop();

  void start();
  void stop();
  void send(ClientRequest request, Answered answered);
  void after(std::chrono::milliseconds delay, std::function<void()> due);

 private:
  using Moment = std::chrono::steady_clock::time_point;

  static int on_interest(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);

  void run();
  void wait();
  int milliseconds_to_wait() const;
  void ring();
  void take_queued();
  void begin(std::unique_ptr<Transfer> transfer);
  void finish_done();
  void expire_overdue();
  void fire_timers();
  void answer_all_with_stopped();
  std::unique_ptr<Transfer> release(Transfer* transfer);
  EasyHandle fresh_easy();
  void recycle(EasyHandle easy);

  const ClientOptions options_;
  int epoll_ = -1;
  int bell_ = -1;
  CURLM* multi_ = nullptr;

  std::mutex mutex_;  // guards the five below
  std::vector<std::unique_ptr<Transfer>> queued_;
  std::vector<std::pair<Moment, std::function<void()>>> queued_timers_;
  bool stopping_ = false;
  bool closed_ = false;  // nothing is taken any more
  bool started_ = false;

  std::optional<Moment> curl_due_;
  std::multimap<Moment, std::function<void()>> timers_;
  std::multimap<Moment, Transfer*> deadlines_;
  std::unordered_map<Transfer*, std::pair<std::unique_ptr<Transfer>, decltype(deadlines_)::iterator>> in_flight_;
  std::vector<EasyHandle> idle_easies_;
  std::thread thread_;
};

}  // namespace parcelwake::wire::http
