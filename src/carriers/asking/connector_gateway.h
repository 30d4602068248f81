#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "carriers/asking/carrier_line.h"
#include "carriers/asking/routes.h"
#include "carriers/asking/settings.h"
#include "carriers/asking/unmapped_codes.h"
#include "ports/airline_gateway.h"
#include "ports/carrier_gateway.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "wire/http/client/client.h"

namespace parcelwake::carriers {

// Asks carriers and airlines as their declarations say; those of the sandbox are built in and always there.
//
// All of it happens on the thread of an HTTP client of its own: asking blocks nobody, and a carrier that hangs, floods
// or talks nonsense harms no other. Budgets, tokens and breakers are kept per section of the configuration, that is
// per credential, and begin anew with the process.
class ConnectorGateway final : public ports::CarrierGateway, public ports::AirlineGateway {
 public:
  ConnectorGateway(const std::vector<std::shared_ptr<const Declaration>>& declarations,
                   const CarrierSettingsBySection& settings, ports::Clock& clock, ports::Random& random,
                   wire::http::ClientOptions options = {});
  ~ConnectorGateway() override;  // stops

  void start();

  // Answers what has no answer yet with Unreachable and returns; nothing is called back afterwards. Questions asked
  // later are dropped. Not from a callback.
  void stop();

  // Takes other settings. Lines whose settings stay as they were go on with their budgets, tokens and breakers; what
  // was asked before is answered the old way. From any thread, one at a time.
  void apply(const CarrierSettingsBySection& settings);

  ports::Reachability reachability(const domain::CarrierCode& carrier) const override;

  // An answer comes within the carrier's time-out after its turn, which comes within seconds or is refused: Throttled.
  // Only numbers asked again alone, because their batch was refused, may take longer. `answered` must not block.
  void ask(std::vector<ports::CarrierQuestion> questions, Answered answered) override;

  // The same for air waybills.
  ports::Reachability airline_reachability(std::string_view prefix) const override;
  void ask_airlines(std::vector<ports::WaybillQuestion> questions, AirlineAnswered answered) override;

  // For people and metrics, from any thread.
  std::vector<LineState> lines() const;
  // One after the other: a line's name and its figures, the built-in sandbox, and "(none)" for carriers that no line
  // serves.
  void each_figures(const std::function<void(const std::string& name, const AskFigures&)>& visit) const;
  const UnmappedCodes& unmapped_codes() const { return unmapped_; }

 private:
  using Asked = CarrierLine::Pending;

  // What follows from one state of the settings.
  struct Network {
    Routes routes;
    std::vector<std::shared_ptr<CarrierLine>> lines;  // by the index of their setup
  };

  const Network& network() const { return *network_.load(std::memory_order_acquire); }
  void take_in(std::vector<Asked> asked);
  void take_inbox();
  void route(const Network& network, Asked asked, std::vector<std::vector<Asked>>& by_line);
  void ask_sandbox_carrier(Asked asked);
  void ask_sandbox_of_airlines(Asked asked);
  void answer_later(Asked asked, ShipmentAnswer answer, std::chrono::milliseconds delay);

  const std::vector<std::shared_ptr<const Declaration>> declarations_;
  ports::Clock& clock_;
  ports::Random& random_;
  UnmappedCodes unmapped_;
  AskFigures sandbox_figures_;
  AskFigures unserved_figures_;
  std::atomic<bool> stopping_ = false;
  wire::http::Client client_;

  // All networks there ever were, the last in use: settings change by hand, so they are few, and readers need no lock.
  std::vector<std::unique_ptr<const Network>> networks_;
  std::atomic<const Network*> network_ = nullptr;

  std::mutex mutex_;  // guards the inbox, and that nothing enters it once stopping
  std::vector<Asked> inbox_;

  std::vector<std::shared_ptr<Asked>> sandbox_waiting_;  // answers of slow scenarios; of the client's thread
};

}  // namespace parcelwake::carriers
