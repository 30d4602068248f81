#include "server/carrier_gateway.h"

#include <utility>

#include "carriers/sandbox/sandbox_gateway.h"

namespace parcelwake::server {
namespace {

template <class Gateway>
class Stoppable final : public StoppableGateway {
 public:
  explicit Stoppable(std::unique_ptr<Gateway> gateway) : gateway_(std::move(gateway)) {}

  ports::Reachability reachability(const domain::CarrierCode& carrier) const override {
    return gateway_->reachability(carrier);
  }
  void ask(std::vector<ports::CarrierQuestion> questions, Answered answered) override {
    gateway_->ask(std::move(questions), std::move(answered));
  }
  void stop() override { gateway_->stop(); }

 private:
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace

Result<std::unique_ptr<StoppableGateway>, std::string> make_carrier_gateway(const Configuration&, ports::Clock& clock) {
  std::unique_ptr<StoppableGateway> gateway =
      std::make_unique<Stoppable<carriers::SandboxGateway>>(std::make_unique<carriers::SandboxGateway>(clock));
  return gateway;
}

}  // namespace parcelwake::server
