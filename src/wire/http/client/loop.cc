#include "wire/http/client/loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "base/observe/log.h"

namespace parcelwake::wire::http {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kIdleEasies = 256;
constexpr int kEventsAtOnce = 256;

void initialise_curl() {
  static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!done) std::abort();  // out of memory before anything began
}

std::uint32_t epoll_events_for(int what) {
  std::uint32_t events = 0;
  if ((what & CURL_POLL_IN) != 0) events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) events |= EPOLLOUT;
  return events;
}

int curl_events_for(std::uint32_t events) {
  int what = 0;
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) what |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) what |= CURL_CSELECT_OUT;
  if ((events & EPOLLERR) != 0) what |= CURL_CSELECT_ERR;
  return what;
}

}  // namespace

Client::Loop::Loop(ClientOptions options) : options_(std::move(options)) {
  initialise_curl();
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  bell_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event event{EPOLLIN, {.fd = bell_}};
  if (epoll_ < 0 || bell_ < 0 || epoll_ctl(epoll_, EPOLL_CTL_ADD, bell_, &event) != 0) {
    log::error("http client cannot start", "no file descriptors left");
    std::abort();
  }
  multi_ = curl_multi_init();
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Loop::on_interest);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Loop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options_.connections_per_host));
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(options_.idle_connections));
}

Client::Loop::~Loop() {
  stop();
  curl_multi_cleanup(multi_);
  close(bell_);
  close(epoll_);
}

void Client::Loop::start() {
  const std::lock_guard lock(mutex_);
  if (started_ || stopping_) return;
  started_ = true;
  thread_ = std::thread([this] { run(); });
}

void Client::Loop::stop() {
  bool started = false;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    started = started_;
  }
  ring();
  if (thread_.joinable()) thread_.join();
  if (!started) answer_all_with_stopped();
}

void Client::Loop::send(ClientRequest request, Answered answered) {
  auto transfer = std::make_unique<Transfer>(std::move(request), std::move(answered), options_);
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    queued_.push_back(std::move(transfer));
  }
  ring();
}

void Client::Loop::after(std::chrono::milliseconds delay, std::function<void()> due) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    queued_timers_.emplace_back(Clock::now() + delay, std::move(due));
  }
  ring();
}

void Client::Loop::ring() {
  const std::uint64_t one = 1;
  // A full counter means that the bell rings already.
  [[maybe_unused]] const ssize_t written = write(bell_, &one, sizeof(one));
}

int Client::Loop::on_interest(CURL*, curl_socket_t socket, int what, void* self, void* known) {
  auto& loop = *static_cast<Loop*>(self);
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(loop.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{epoll_events_for(what), {.fd = socket}};
  epoll_ctl(loop.epoll_, known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
  curl_multi_assign(loop.multi_, socket, self);  // any mark that says: known to epoll
  return 0;
}

int Client::Loop::on_timer(CURLM*, long timeout_ms, void* self) {
  auto& due = static_cast<Loop*>(self)->curl_due_;
  due.reset();
  if (timeout_ms >= 0) due = Clock::now() + std::chrono::milliseconds{timeout_ms};
  return 0;
}

void Client::Loop::run() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
    take_queued();
    wait();
    finish_done();
    expire_overdue();
    fire_timers();
  }
  answer_all_with_stopped();
}

void Client::Loop::wait() {
  std::array<epoll_event, kEventsAtOnce> events{};
  const int count = epoll_wait(epoll_, events.data(), kEventsAtOnce, milliseconds_to_wait());
  int running = 0;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == bell_) {
      std::uint64_t rung = 0;
      [[maybe_unused]] const ssize_t bytes = read(bell_, &rung, sizeof(rung));
      continue;
    }
    curl_multi_socket_action(multi_, event.data.fd, curl_events_for(event.events), &running);
  }
  if (curl_due_ && *curl_due_ <= Clock::now()) {
    curl_due_.reset();
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

int Client::Loop::milliseconds_to_wait() const {
  Moment next = Clock::now() + std::chrono::hours{1};
  if (curl_due_) next = std::min(next, *curl_due_);
  if (!timers_.empty()) next = std::min(next, timers_.begin()->first);
  if (!deadlines_.empty()) next = std::min(next, deadlines_.begin()->first);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

void Client::Loop::take_queued() {
  std::vector<std::unique_ptr<Transfer>> queued;
  std::vector<std::pair<Moment, std::function<void()>>> timers;
  {
    const std::lock_guard lock(mutex_);
    queued.swap(queued_);
    timers.swap(queued_timers_);
  }
  for (auto& [moment, due] : timers) timers_.emplace(moment, std::move(due));
  for (auto& transfer : queued) begin(std::move(transfer));
}

void Client::Loop::begin(std::unique_ptr<Transfer> transfer) {
  if (!transfer->prepare(fresh_easy())) {
    transfer->fail_with(ClientError::Kind::Malformed, "no request that HTTP can carry");
    return;
  }
  Transfer* key = transfer.get();
  const auto deadline = deadlines_.emplace(key->deadline(), key);
  in_flight_.emplace(key, std::pair{std::move(transfer), deadline});
  curl_multi_add_handle(multi_, key->easy());
}

void Client::Loop::finish_done() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    Transfer* done = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &done);
    const auto transfer = release(done);
    transfer->finish(code);
    recycle(transfer->take_easy());
  }
}

// libcurl does not count the time for requests that wait for a connection to their host: the deadlines are kept here.
void Client::Loop::expire_overdue() {
  const Moment now = Clock::now();
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    const auto transfer = release(deadlines_.begin()->second);
    transfer->fail_with(ClientError::Kind::TimedOut, "no complete answer in time");
    recycle(transfer->take_easy());
  }
}

void Client::Loop::fire_timers() {
  const Moment now = Clock::now();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    const auto due = std::move(timers_.begin()->second);
    timers_.erase(timers_.begin());
    due();
  }
}

// What callbacks send meanwhile is answered as well; the door closes when nothing is left.
void Client::Loop::answer_all_with_stopped() {
  for (;;) {
    take_queued();
    while (!in_flight_.empty()) {
      const auto transfer = release(in_flight_.begin()->first);
      transfer->fail_with(ClientError::Kind::Stopped, "the client stops");
    }
    const std::lock_guard lock(mutex_);
    if (!queued_.empty()) continue;
    closed_ = true;
    break;
  }
  timers_.clear();
  queued_timers_.clear();
}

std::unique_ptr<Transfer> Client::Loop::release(Transfer* transfer) {
  const auto entry = in_flight_.find(transfer);
  auto owned = std::move(entry->second.first);
  deadlines_.erase(entry->second.second);
  in_flight_.erase(entry);
  curl_multi_remove_handle(multi_, owned->easy());
  return owned;
}

EasyHandle Client::Loop::fresh_easy() {
  if (idle_easies_.empty()) return EasyHandle(curl_easy_init());
  EasyHandle easy = std::move(idle_easies_.back());
  idle_easies_.pop_back();
  return easy;
}

void Client::Loop::recycle(EasyHandle easy) {
  if (idle_easies_.size() >= kIdleEasies) return;
  curl_easy_reset(easy.get());
  idle_easies_.push_back(std::move(easy));
}

}  // namespace parcelwake::wire::http
