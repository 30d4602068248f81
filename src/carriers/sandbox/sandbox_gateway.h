#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "ports/carrier_gateway.h"
#include "ports/clock.h"

namespace parcelwake::carriers {

// The carrier gateway of a server that knows no carrier but the sandbox. Answers from one thread of its own, each
// question after the delay of its scenario.
class SandboxGateway final : public ports::CarrierGateway {
 public:
  explicit SandboxGateway(ports::Clock& clock);
  ~SandboxGateway() override;

  ports::Reachability reachability(const domain::CarrierCode& carrier) const override;
  void ask(std::vector<ports::CarrierQuestion> questions, Answered answered) override;

  // Questions without an answer yet never get one. No callback runs once this has returned.
  void stop();

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  void run();

  ports::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<Deadline, std::function<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parcelwake::carriers
