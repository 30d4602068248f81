#include "carriers/asking/connector_gateway.h"

#include <algorithm>
#include <utility>

#include "carriers/sandbox/sandbox.h"

namespace parcelwake::carriers {
namespace {

using ports::CarrierError;
using ports::CarrierFailure;

constexpr std::string_view kNoConnector = "There is no connector for this carrier yet; it is never asked.";

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
  const Routes& routes = network().routes;
  const auto route = routes.by_carrier.find(carrier);
  if (route == routes.by_carrier.end()) return {false, std::string(kNoConnector)};
  if (const auto* sentence = std::get_if<std::string>(&route->second)) return {false, *sentence};
  return {true, ""};
}

void ConnectorGateway::ask(std::vector<ports::CarrierQuestion> questions, Answered answered) {
  const auto call = std::make_shared<const Answered>(std::move(answered));
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    for (std::size_t i = 0; i < questions.size(); ++i) {
      Asked asked;
      asked.question = std::move(questions[i]);
      asked.answer = [call, i](ports::CarrierAnswer answer) { (*call)(i, std::move(answer)); };
      inbox_.push_back(std::move(asked));
    }
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
  const domain::CarrierCode& carrier = asked.question.carrier;
  if (carrier.text() == kSandboxCarrier) return ask_sandbox_carrier(std::move(asked));
  const auto route = network.routes.by_carrier.find(carrier);
  if (route != network.routes.by_carrier.end()) {
    if (const auto* line = std::get_if<std::size_t>(&route->second)) {
      by_line[*line].push_back(std::move(asked));
      return;
    }
  }
  const ports::CarrierAnswer unserved =
      fail(CarrierFailure{CarrierError::NotConnected, reachability(carrier).missing, std::nullopt});
  unserved_figures_.note(unserved);
  asked.answer(unserved);
}

void ConnectorGateway::ask_sandbox_carrier(Asked asked) {
  SandboxReply reply = ask_sandbox(asked.question.number, asked.question.registered_at, clock_.now());
  sandbox_figures_.note(reply.answer);
  if (reply.delay.count() == 0) return asked.answer(std::move(reply.answer));
  auto waiting = std::make_shared<Asked>(std::move(asked));
  sandbox_waiting_.push_back(waiting);
  client_.after(reply.delay, [this, waiting, answer = std::move(reply.answer)] {
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
