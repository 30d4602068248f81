#include "carriers/asking/connector_gateway.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "carriers/sandbox/sandbox.h"
#include "carriers/sandbox/sandbox_airline.h"

namespace parcelwake::carriers {
namespace {

using ports::CarrierError;
using ports::CarrierFailure;

constexpr std::string_view kNoConnector = "There is no connector for this carrier yet; it is never asked.";
constexpr std::string_view kNoAirlineConnector = "There is no connector for this airline yet; it is never asked.";

// nullptr: no declaration.
template <class ByKey, class Key>
const Route* route_in(const ByKey& routes, const Key& key) {
  const auto route = routes.find(key);
  return route == routes.end() ? nullptr : &route->second;
}

ports::Reachability reachability_by(const Route* route, std::string_view when_none) {
  if (route == nullptr) return {false, std::string(when_none)};
  if (const auto* sentence = std::get_if<std::string>(route)) return {false, *sentence};
  return {true, ""};
}

bool is_waybill(const ports::CarrierQuestion& question) { return question.carrier.empty(); }

std::string_view prefix_of(const ports::CarrierQuestion& question) {
  return std::string_view(question.number.text()).substr(0, 3);
}

ports::CarrierAnswer as_carrier_answer(ShipmentAnswer&& answer) {
  if (!answer) return fail(answer.error());
  return std::move(answer->report);
}

ports::AirlineAnswer as_airline_answer(ShipmentAnswer&& answer) {
  if (!answer) return fail(answer.error());
  return ports::AirlineReport{std::move(answer->air).value_or(domain::AirShipment{}), answer->report.news_due_in};
}

CarrierFailure stopping() { return {CarrierError::Unreachable, "the server stops", std::nullopt}; }

}  // namespace

ConnectorGateway::ConnectorGateway(const std::vector<std::shared_ptr<const Declaration>>& declarations,
                                   const CarrierSettingsBySection& settings, ports::Clock& clock, ports::Random& random,
                                   wire::http::ClientOptions options)
    : declarations_(declarations), clock_(clock), random_(random), client_(std::move(options)) {
  apply(settings);
}

ConnectorGateway::~ConnectorGateway() { stop(); }

void ConnectorGateway::apply(const CarrierSettingsBySection& settings) {
  auto next = std::make_unique<Network>();
  next->routes = make_routes(declarations_, settings);
  const Network* before = network_.load(std::memory_order_acquire);
  for (const LineSetup& setup : next->routes.setups) {
    std::shared_ptr<CarrierLine> line;
    if (before != nullptr) {
      const auto& old = before->lines;
      const auto same = std::find_if(old.begin(), old.end(), [&](const auto& one) { return one->setup() == setup; });
      if (same != old.end()) line = *same;
    }
    if (!line) {
      line = std::make_shared<CarrierLine>(setup, LineWorld{client_, clock_, random_, unmapped_, stopping_});
    }
    next->lines.push_back(std::move(line));
  }
  const std::lock_guard lock(mutex_);
  network_.store(next.get(), std::memory_order_release);
  networks_.push_back(std::move(next));
}

void ConnectorGateway::start() { client_.start(); }

void ConnectorGateway::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  client_.stop();
  // The client's thread is gone: what it owned is ours now.
  for (const auto& network : networks_) {
    for (const auto& line : network->lines) line->abandon();
  }
  for (const auto& asked : std::exchange(sandbox_waiting_, {})) asked->answer(fail(stopping()));
  std::vector<Asked> unread;
  {
    const std::lock_guard lock(mutex_);
    unread.swap(inbox_);
  }
  for (Asked& asked : unread) asked.answer(fail(stopping()));
}

ports::Reachability ConnectorGateway::reachability(const domain::CarrierCode& carrier) const {
  if (carrier.text() == kSandboxCarrier) return {true, ""};
  return reachability_by(route_in(network().routes.by_carrier, carrier), kNoConnector);
}

ports::Reachability ConnectorGateway::airline_reachability(std::string_view prefix) const {
  if (prefix == kSandboxAirline) return {true, ""};
  return reachability_by(route_in(network().routes.by_airline, prefix), kNoAirlineConnector);
}

void ConnectorGateway::ask(std::vector<ports::CarrierQuestion> questions, Answered answered) {
  const auto call = std::make_shared<const Answered>(std::move(answered));
  std::vector<Asked> all(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    all[i].question = std::move(questions[i]);
    all[i].answer = [call, i](ShipmentAnswer answer) { (*call)(i, as_carrier_answer(std::move(answer))); };
  }
  take_in(std::move(all));
}

void ConnectorGateway::ask_airlines(std::vector<ports::WaybillQuestion> questions, AirlineAnswered answered) {
  const auto call = std::make_shared<const AirlineAnswered>(std::move(answered));
  std::vector<Asked> all(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    ports::CarrierQuestion& question = all[i].question;
    question.number = domain::TrackingNumber::trusted(questions[i].number.text());
    question.details.language = std::move(questions[i].language);
    question.registered_at = questions[i].first_asked_at;
    all[i].answer = [call, i](ShipmentAnswer answer) { (*call)(i, as_airline_answer(std::move(answer))); };
  }
  take_in(std::move(all));
}

void ConnectorGateway::take_in(std::vector<Asked> asked) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    std::move(asked.begin(), asked.end(), std::back_inserter(inbox_));
  }
  client_.after(std::chrono::milliseconds{0}, [this] { take_inbox(); });
}

void ConnectorGateway::take_inbox() {
  std::vector<Asked> inbox;
  {
    const std::lock_guard lock(mutex_);
    inbox.swap(inbox_);
  }
  const Network& current = network();
  std::vector<std::vector<Asked>> by_line(current.lines.size());
  for (Asked& asked : inbox) route(current, std::move(asked), by_line);
  for (std::size_t i = 0; i < by_line.size(); ++i) {
    if (!by_line[i].empty()) current.lines[i]->ask(std::move(by_line[i]));
  }
}

void ConnectorGateway::route(const Network& network, Asked asked, std::vector<std::vector<Asked>>& by_line) {
  const ports::CarrierQuestion& question = asked.question;
  if (question.carrier.text() == kSandboxCarrier) return ask_sandbox_carrier(std::move(asked));
  if (is_waybill(question) && prefix_of(question) == kSandboxAirline) return ask_sandbox_of_airlines(std::move(asked));
  const Route* route = is_waybill(question) ? route_in(network.routes.by_airline, prefix_of(question))
                                            : route_in(network.routes.by_carrier, question.carrier);
  if (const auto* line = route == nullptr ? nullptr : std::get_if<std::size_t>(route)) {
    by_line[*line].push_back(std::move(asked));
    return;
  }
  auto missing = reachability_by(route, is_waybill(question) ? kNoAirlineConnector : kNoConnector).missing;
  const ShipmentAnswer unserved = fail(CarrierFailure{CarrierError::NotConnected, std::move(missing), std::nullopt});
  unserved_figures_.note(unserved);
  asked.answer(unserved);
}

void ConnectorGateway::ask_sandbox_carrier(Asked asked) {
  SandboxReply reply = ask_sandbox(asked.question.number, asked.question.registered_at, clock_.now());
  sandbox_figures_.note(reply.answer);
  if (!reply.answer) return answer_later(std::move(asked), fail(reply.answer.error()), reply.delay);
  ParsedShipment shipment;
  shipment.report = std::move(reply.answer).value();
  answer_later(std::move(asked), std::move(shipment), reply.delay);
}

void ConnectorGateway::ask_sandbox_of_airlines(Asked asked) {
  SandboxAirlineReply reply = ask_sandbox_airline(domain::AirWaybill::trusted(asked.question.number.text()),
                                                  asked.question.registered_at, clock_.now());
  sandbox_figures_.note(reply.answer);
  if (!reply.answer) return answer_later(std::move(asked), fail(reply.answer.error()), reply.delay);
  ParsedShipment shipment;
  shipment.air = std::move(reply.answer->shipment);
  shipment.report.news_due_in = reply.answer->news_due_in;
  answer_later(std::move(asked), std::move(shipment), reply.delay);
}

void ConnectorGateway::answer_later(Asked asked, ShipmentAnswer answer, std::chrono::milliseconds delay) {
  if (delay.count() == 0) return asked.answer(std::move(answer));
  auto waiting = std::make_shared<Asked>(std::move(asked));
  sandbox_waiting_.push_back(waiting);
  client_.after(delay, [this, waiting, answer = std::move(answer)] {
    std::erase(sandbox_waiting_, waiting);
    waiting->answer(answer);
  });
}

void ConnectorGateway::each_figures(
    const std::function<void(const std::string& name, const AskFigures&)>& visit) const {
  visit(std::string(kSandboxCarrier), sandbox_figures_);
  visit("(none)", unserved_figures_);
  for (const auto& line : network().lines) visit(line->name(), line->figures());
}

std::vector<LineState> ConnectorGateway::lines() const {
  std::vector<LineState> states;
  for (const auto& line : network().lines) states.push_back(line->state());
  return states;
}

}  // namespace parcelwake::carriers
