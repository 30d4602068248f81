#include "wire/http/server/caretaker.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace parcelwake::wire::http {

namespace {

constexpr int kSweepInterval_ms = 100;
constexpr int kSweepsPerLook = 5;
constexpr std::int64_t kLinger_ms = 2'000;
constexpr std::size_t kMostLingering = 1'024;
constexpr int kReadsPerTurn = 64;

enum class Drained { More, Ended };

Drained read_away(int socket) {
  static thread_local std::array<char, 16'384> scratch;
  for (int i = 0; i < kReadsPerTurn; ++i) {
    const ssize_t got = recv(socket, scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (got == 0) return Drained::Ended;
    if (got < 0) return errno == EAGAIN || errno == EINTR ? Drained::More : Drained::Ended;
  }
  return Drained::More;
}

}  // namespace

Caretaker::Caretaker() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), thread_([this] { run(); }) {}

Caretaker::~Caretaker() {
  stopping_ = true;
  wake();
  thread_.join();
  for (const Lingering& one : lingering_) close(one.socket);
  for (const Lingering& one : arrivals_) close(one.socket);
  close(wake_);
}

void Caretaker::add(Watched& connection) {
  const std::lock_guard lock(mutex_);
  connection.place = connections_.size();
  connections_.push_back(&connection);
}

void Caretaker::remove(Watched& connection) {
  const std::lock_guard lock(mutex_);
  connections_.back()->place = connection.place;
  std::swap(connections_[connection.place], connections_.back());
  connections_.pop_back();
}

void Caretaker::linger(int socket) {
  shutdown(socket, SHUT_WR);
  {
    const std::lock_guard lock(mutex_);
    arrivals_.push_back({socket, now_ms() + kLinger_ms});
  }
  wake();
}

void Caretaker::end_idle() {
  const std::lock_guard lock(mutex_);
  for (const Watched* connection : connections_) {
    if (connection->idle.load(std::memory_order_relaxed)) shutdown(connection->socket, SHUT_RD);
  }
}

std::size_t Caretaker::connections() {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

std::int64_t Caretaker::now_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000;
}

void Caretaker::run() {
  std::int64_t next_sweep = now_ms() + kSweepInterval_ms;
  unsigned sweeps = 0;
  std::vector<pollfd> polled;
  while (!stopping_) {
    polled.assign(1, {wake_, POLLIN, 0});
    for (const Lingering& one : lingering_) polled.push_back({one.socket, POLLIN, 0});
    const std::int64_t wait = std::clamp<std::int64_t>(next_sweep - now_ms(), 0, kSweepInterval_ms);
    poll(polled.data(), polled.size(), static_cast<int>(wait));
    std::uint64_t wakes = 0;
    if (polled[0].revents != 0) (void)!read(wake_, &wakes, sizeof wakes);

    const std::int64_t now = now_ms();
    drain_lingering(now);
    if (now >= next_sweep) {
      end_overdue(now);
      if (++sweeps % kSweepsPerLook == 0) pass_on_half_closes();
      next_sweep = now + kSweepInterval_ms;
    }
  }
}

void Caretaker::end_overdue(std::int64_t now) {
  const std::lock_guard lock(mutex_);
  for (Watched* connection : connections_) {
    if (now < connection->deadline_ms.load(std::memory_order_relaxed)) continue;
    connection->deadline_ms.store(Watched::kNone, std::memory_order_relaxed);
    shutdown(connection->socket, SHUT_RDWR);
  }
}

// Shutting the direction that the client has shut already changes nothing but makes the socket report it once more.
void Caretaker::pass_on_half_closes() {
  const std::lock_guard lock(mutex_);
  looked_at_.clear();
  for (const Watched* connection : connections_) looked_at_.push_back({connection->socket, POLLRDHUP, 0});
  if (poll(looked_at_.data(), looked_at_.size(), 0) <= 0) return;
  for (const pollfd& one : looked_at_) {
    if ((one.revents & POLLRDHUP) != 0) shutdown(one.fd, SHUT_RD);
  }
}

void Caretaker::drain_lingering(std::int64_t now) {
  {
    const std::lock_guard lock(mutex_);
    lingering_.insert(lingering_.end(), arrivals_.begin(), arrivals_.end());
    arrivals_.clear();
  }
  const std::size_t surplus = lingering_.size() > kMostLingering ? lingering_.size() - kMostLingering : 0;
  std::size_t place = 0;
  std::erase_if(lingering_, [&](const Lingering& one) {
    const bool over = place++ < surplus || now >= one.deadline_ms || read_away(one.socket) == Drained::Ended;
    if (over) close(one.socket);
    return over;
  });
}

void Caretaker::wake() const {
  const std::uint64_t one = 1;
  (void)!write(wake_, &one, sizeof one);
}

}  // namespace parcelwake::wire::http
