#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/writing/write_gate.h"
#include "base/observe/metrics.h"
#include "ports/clock.h"

namespace parcelwake::server {

// What a write lane has done, for metrics. Written by it, read by anybody.
struct WriteLaneFigures {
  metrics::Counter refused;                        // requests that found the queue full, or the lane stopped
  metrics::Histogram pass_sizes{metrics::kSizes};  // requests in one transaction
  metrics::Histogram pass_times{metrics::kTimes};  // from taking them to the end of the commit
};

// The thread that owns the writing connection. It takes everything that has queued, carries it out in one transaction
// and then tells each caller its outcome; while it does, the next batch gathers.
class WriteLane final : public app::WriteGate {
 public:
  // Writes through `store`; refuses with Busy when `most_queued` requests wait.
  WriteLane(std::unique_ptr<ports::TrackingStore> store, const app::WriteContext& context, ports::Clock& clock,
            std::size_t most_queued);
  ~WriteLane() override;

  void submit(app::WriteRequest request, Done done) override;

  // Called on the lane's thread after each transaction that made trackings due at once. To be set before the first
  // request.
  void on_registered(std::function<void()> registered) { registered_ = std::move(registered); }

  // The same after each that kept answers of carriers.
  void on_answered(std::function<void()> answered) { answered_ = std::move(answered); }

  const WriteLaneFigures& figures() const { return figures_; }
  std::size_t queued() const;  // requests that wait now

  // Carries out what has queued, then ends the thread. What is submitted later is refused with Busy.
  void stop();

 private:
  void run();
  void carry_out(std::vector<app::WriteRequest>& requests, std::vector<Done>& callers);

  std::unique_ptr<ports::TrackingStore> store_;
  app::WriteContext context_;
  ports::Clock& clock_;
  std::size_t most_queued_;
  std::function<void()> registered_;
  std::function<void()> answered_;
  WriteLaneFigures figures_;
  mutable std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<app::WriteRequest> requests_;
  std::deque<Done> callers_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parcelwake::server
