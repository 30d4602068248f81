#include "server/write_lane.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <variant>

namespace parcelwake::server {
namespace {

// So many requests share a transaction at most: what a disk can take in well under a tenth of a second.
constexpr std::size_t kLargestPass = 512;

// Whether the request leaves trackings behind that are due at once.
bool makes_due(const app::WriteRequest& request) {
  return std::holds_alternative<app::RegisterBatch>(request) || std::holds_alternative<app::RealtimeBatch>(request) ||
         std::holds_alternative<app::ChangeCarrierBatch>(request) || std::holds_alternative<app::RetrackBatch>(request);
}

bool keeps_answers(const app::WriteRequest& request) { return std::holds_alternative<app::AnswerBatch>(request); }

}  // namespace

WriteLane::WriteLane(std::unique_ptr<ports::TrackingStore> store, const app::WriteContext& context, ports::Clock& clock,
                     std::size_t most_queued)
    : store_(std::move(store)), context_(context), clock_(clock), most_queued_(most_queued), thread_([this] {
        run();
      }) {}

WriteLane::~WriteLane() { stop(); }

void WriteLane::submit(app::WriteRequest request, Done done) {
  {
    const std::scoped_lock lock(mutex_);
    if (!stopping_ && requests_.size() < most_queued_) {
      requests_.push_back(std::move(request));
      callers_.push_back(std::move(done));
      done = nullptr;
    }
  }
  if (done) {
    figures_.refused.add();
    return done(fail(ports::StoreError::Busy));
  }
  queued_.notify_one();
}

std::size_t WriteLane::queued() const {
  const std::scoped_lock lock(mutex_);
  return requests_.size();
}

void WriteLane::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void WriteLane::run() {
  std::vector<app::WriteRequest> requests;
  std::vector<Done> callers;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      queued_.wait(lock, [this] { return stopping_ || !requests_.empty(); });
      if (requests_.empty()) return;
      const auto taken = static_cast<std::ptrdiff_t>(std::min(requests_.size(), kLargestPass));
      requests.assign(std::make_move_iterator(requests_.begin()), std::make_move_iterator(requests_.begin() + taken));
      callers.assign(std::make_move_iterator(callers_.begin()), std::make_move_iterator(callers_.begin() + taken));
      requests_.erase(requests_.begin(), requests_.begin() + taken);
      callers_.erase(callers_.begin(), callers_.begin() + taken);
    }
    carry_out(requests, callers);
  }
}

void WriteLane::carry_out(std::vector<app::WriteRequest>& requests, std::vector<Done>& callers) {
  const bool due = std::any_of(requests.begin(), requests.end(), makes_due);
  const bool answered = std::any_of(requests.begin(), requests.end(), keeps_answers);
  const auto begun = std::chrono::steady_clock::now();
  auto outcomes = app::run_write_pass(requests, *store_, context_, clock_.now());
  const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - begun;
  figures_.pass_sizes.observe(callers.size());
  figures_.pass_times.observe(static_cast<std::uint64_t>(took.count()));
  for (std::size_t i = 0; i < callers.size(); ++i) callers[i](std::move(outcomes[i]));
  callers.clear();
  if (due && registered_) registered_();
  if (answered && answered_) answered_();
}

}  // namespace parcelwake::server
