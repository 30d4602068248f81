#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "carriers/asking/access_token.h"
#include "carriers/asking/ask_figures.h"
#include "carriers/asking/breaker.h"
#include "carriers/asking/carrier_answer.h"
#include "carriers/asking/pace.h"
#include "carriers/asking/request_writer.h"
#include "carriers/asking/unmapped_codes.h"
#include "carriers/declaration/declaration.h"
#include "ports/carrier_gateway.h"
#include "ports/clock.h"
#include "ports/random.h"

namespace parcelwake::carriers {

// What every line works with. Outlives them.
struct LineWorld {
  wire::http::Client& client;
  ports::Clock& clock;
  ports::Random& random;
  UnmappedCodes& unmapped;
  const std::atomic<bool>& stopping;  // nothing new is sent once it is true
};

// What a line asks, where, and how fast.
struct LineSetup {
  std::string name;  // the section of the configuration, or the carrier's code
  std::shared_ptr<const Declaration> declaration;
  const WireFormat* format = nullptr;  // of the declaration; has a request
  Destination destination;
  Credentials credentials;
  Budget budget;

  bool operator==(const LineSetup&) const = default;
};

// How a line is doing, for people and metrics.
struct LineState {
  std::string name;
  std::string format;
  std::size_t waiting = 0;
  std::size_t in_flight = 0;  // requests
  std::int64_t used_this_hour = 0;
  std::int64_t used_this_day = 0;
  bool breaker_open = false;
  std::optional<Timestamp> last_success;
  std::optional<Timestamp> last_failure;
  std::string last_failure_detail;
};

// Everything that goes to one carrier with one credential: a queue, a pace, an access token, a breaker.
//
// Belongs to the client's thread, but for state(). A question waits a few seconds at most for its turn; one whose turn
// is further away is answered Throttled at once, with the time it would have had to wait.
class CarrierLine : public std::enable_shared_from_this<CarrierLine> {
 public:
  struct Pending {
    ports::CarrierQuestion question;                  // of an air waybill: its number, and no carrier
    std::function<void(ShipmentAnswer)> answer;       // called exactly once
    std::chrono::steady_clock::time_point asked{};    // its time-out runs from here
    std::chrono::steady_clock::time_point arrived{};  // in the queue
    bool token_renewed = false;                       // asked again after a 401
    bool alone = false;  // its batch was refused, or passed it over: asked again without neighbours
  };

  CarrierLine(LineSetup setup, LineWorld world);

  void ask(std::vector<Pending> pending);

  // Answers all that wait with Unreachable; what is in flight is answered by its request's end.
  void abandon();

  LineState state() const;  // from any thread
  const AskFigures& figures() const { return figures_; }
  const std::string& name() const { return setup_.name; }
  const LineSetup& setup() const { return setup_; }

 private:
  using Group = std::vector<Pending>;

  void pump();
  bool refuse_or_delay(Timestamp now);
  bool await_companions();
  bool await_token(Timestamp now);
  void send(Timestamp now);
  Group take_group(std::vector<ports::CarrierQuestion>& questions);
  void on_answer(std::shared_ptr<Group> group, std::vector<ports::CarrierQuestion> questions, std::string token,
                 Result<wire::http::ClientResponse, wire::http::ClientError> result);
  void on_response(Group& group, const std::vector<ports::CarrierQuestion>& questions, const std::string& token,
                   const wire::http::ClientResponse& response, Timestamp now);
  bool ask_again_with_new_token(Group& group, const std::string& token, int status);
  bool ask_again_alone(Group& group, const AnswerRead& read);
  void note_hold(const AnswerRead& read, const wire::http::ClientResponse& response, Timestamp now);
  void fetch_token();
  void on_token(Result<wire::http::ClientResponse, wire::http::ClientError> result);

  void refuse_waiting(const ports::CarrierFailure& failure);
  void refuse_too_many(Timestamp now);
  void refuse_late();
  void answer(Pending& pending, ShipmentAnswer answer);
  void pump_after(std::chrono::milliseconds delay);
  std::chrono::milliseconds patience() const;
  std::chrono::milliseconds patience_of_oldest() const;
  void put_back(Group& group);
  void publish(Timestamp now);
  void note_failure(const ports::CarrierFailure& failure, Timestamp now);
  void note_success(Timestamp now);
  std::string fresh_unique();

  const LineSetup setup_;
  LineWorld world_;

  std::deque<Pending> waiting_;
  std::size_t in_flight_ = 0;
  Pace pace_;
  Breaker breaker_;
  AccessToken token_;
  bool fetching_token_ = false;
  bool failing_ = false;    // the newest answer was a failure, and that is logged
  Timestamp held_until_{};  // the carrier told us to wait
  std::optional<std::chrono::steady_clock::time_point> pump_due_;

  AskFigures figures_;
  mutable std::mutex state_mutex_;
  LineState state_;
};

}  // namespace parcelwake::carriers
