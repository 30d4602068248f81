#include "carriers/asking/carrier_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/observe/log.h"
#include "wire/http/client/retry_after.h"

namespace parcelwake::carriers {
namespace {

using ports::CarrierError;
using ports::CarrierFailure;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using HttpResult = Result<wire::http::ClientResponse, wire::http::ClientError>;

// How long a question of a carrier that takes batches waits for others to go with it.
constexpr milliseconds kCompanionWindow{30};
constexpr milliseconds kLongestQueueing{5'000};
// When a carrier says "too fast" and not for how long.
constexpr milliseconds kHoldWhenUntold = std::chrono::seconds{60};
constexpr std::size_t kConcurrencyWhenUntold = 16;
constexpr milliseconds kLeastTimeout{1'000};

bool same_parcel(const ports::CarrierQuestion& a, const ports::CarrierQuestion& b) {
  return a.number.folded() == b.number.folded() && a.details == b.details;
}

}  // namespace

CarrierLine::CarrierLine(LineSetup setup, LineWorld world)
    : setup_(std::move(setup)), world_(world), pace_(setup_.budget) {
  state_.name = setup_.name;
  state_.format = setup_.format->name;
}

milliseconds CarrierLine::patience() const { return std::min(kLongestQueueing, setup_.format->timeout / 2); }

milliseconds CarrierLine::patience_of_oldest() const {
  return std::chrono::ceil<milliseconds>(waiting_.front().arrived + patience() - SteadyClock::now());
}

void CarrierLine::put_back(Group& group) {
  const auto now = SteadyClock::now();
  for (auto one = group.rbegin(); one != group.rend(); ++one) {
    one->arrived = now;
    waiting_.push_front(std::move(*one));
  }
}

void CarrierLine::ask(std::vector<Pending> pending) {
  const auto now = SteadyClock::now();
  for (Pending& one : pending) {
    one.asked = one.arrived = now;
    waiting_.push_back(std::move(one));
  }
  pump();
}

void CarrierLine::abandon() { refuse_waiting({CarrierError::Unreachable, "the server stops", std::nullopt}); }

// Sends what may go now. Called whenever something changed: questions, answers, tokens, time.
void CarrierLine::pump() {
  if (world_.stopping) return;
  const Timestamp now = world_.clock.now();
  refuse_late();
  const std::size_t most =
      setup_.budget.concurrency > 0 ? static_cast<std::size_t>(setup_.budget.concurrency) : kConcurrencyWhenUntold;
  while (!waiting_.empty()) {
    if (refuse_or_delay(now)) break;
    if (in_flight_ >= most) {
      pump_after(patience_of_oldest());
      break;
    }
    if (await_companions() || await_token(now)) break;
    if (!breaker_.allow(now)) {
      refuse_waiting({CarrierError::Unreachable, "the carrier does not answer at present", breaker_.wait(now)});
      break;
    }
    send(now);
  }
  publish(now);
}

// Whether nothing may go now. What cannot go soon is refused.
bool CarrierLine::refuse_or_delay(Timestamp now) {
  if (held_until_ > now) {
    refuse_waiting({CarrierError::Throttled, "the carrier asked to wait", held_until_ - now});
    return true;
  }
  if (breaker_.open() && breaker_.wait(now).count() > 0) {
    refuse_waiting({CarrierError::Unreachable, "the carrier does not answer at present", breaker_.wait(now)});
    return true;
  }
  const milliseconds wait = pace_.wait(now);
  if (wait.count() == 0) return false;
  if (wait > patience()) {
    refuse_waiting({CarrierError::Throttled, "the budget for this carrier is used up", wait});
    return true;
  }
  figures_.budget_waits.add();
  refuse_too_many(now);
  pump_after(wait);
  return true;
}

// Whether a batch that is not full yet should wait for more.
bool CarrierLine::await_companions() {
  const std::size_t size = setup_.format->batch.size;
  if (size <= 1 || waiting_.size() >= size || waiting_.front().alone) return false;
  const auto ready_at = waiting_.front().arrived + kCompanionWindow;
  const auto now = SteadyClock::now();
  if (now >= ready_at) return false;
  pump_after(std::chrono::ceil<milliseconds>(ready_at - now));
  return true;
}

// Whether a token is needed first. The first to need one fetches it.
bool CarrierLine::await_token(Timestamp now) {
  if (setup_.format->auth.kind != AuthKind::OAuth2ClientCredentials || token_.current(now)) return false;
  if (const auto refusal = token_.refusal(now)) {
    refuse_waiting(*refusal);
    return true;
  }
  if (fetching_token_) {
    pump_after(patience_of_oldest());
    return true;
  }
  if (!breaker_.allow(now)) {
    refuse_waiting({CarrierError::Unreachable, "the carrier does not answer at present", breaker_.wait(now)});
    return true;
  }
  fetch_token();
  return true;
}

// Takes the next questions that can share a request. `questions` are the distinct ones among them.
CarrierLine::Group CarrierLine::take_group(std::vector<ports::CarrierQuestion>& questions) {
  Group group;
  const std::size_t size = waiting_.front().alone ? 1 : setup_.format->batch.size;
  while (!waiting_.empty()) {
    const Pending& next = waiting_.front();
    const bool known = std::any_of(questions.begin(), questions.end(), [&](const ports::CarrierQuestion& question) {
      return same_parcel(question, next.question);
    });
    if (!known) {
      // What stands outside {numbers} is written for the first question: another language needs another request.
      const bool fits =
          questions.size() < size &&
          (questions.empty() || (!next.alone && next.question.details.language == questions.front().details.language));
      if (!fits) break;
      questions.push_back(next.question);
    }
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return group;
}

void CarrierLine::send(Timestamp now) {
  std::vector<ports::CarrierQuestion> questions;
  auto group = std::make_shared<Group>(take_group(questions));
  const std::string unique = fresh_unique();
  const std::string token = token_.current(now).value_or("");
  const TemplateValues values{questions, &setup_.format->batch, &setup_.credentials, unique, token};
  auto request = write_request(*setup_.format, setup_.destination, values);
  if (!request) {
    for (Pending& one : *group) {
      answer(one, fail(CarrierFailure{CarrierError::Refused, request.error().why, std::nullopt}));
    }
    return;
  }
  const auto waited = std::chrono::floor<milliseconds>(SteadyClock::now() - group->front().asked);
  request->timeout = std::max(setup_.format->timeout - waited, kLeastTimeout);
  pace_.take(now);
  ++in_flight_;
  world_.client.send(std::move(request).value(),
                     [self = shared_from_this(), group, questions = std::move(questions), token](HttpResult result) {
                       self->on_answer(group, questions, token, std::move(result));
                     });
}

void CarrierLine::on_answer(std::shared_ptr<Group> group, std::vector<ports::CarrierQuestion> questions,
                            std::string token, HttpResult result) {
  const Timestamp now = world_.clock.now();
  --in_flight_;
  if (result) {
    on_response(*group, questions, token, result.value(), now);
  } else {
    const CarrierFailure failure = failure_for(result.error());
    if (failure.error == CarrierError::Unreachable) breaker_.failed(now);
    note_failure(failure, now);
    for (Pending& one : *group) answer(one, fail(failure));
  }
  pump();
}

// Gives each question its answer. Silence about one number of a batch is no word about it: it is asked again alone.
void CarrierLine::on_response(Group& group, const std::vector<ports::CarrierQuestion>& questions,
                              const std::string& token, const wire::http::ClientResponse& response, Timestamp now) {
  if (ask_again_with_new_token(group, token, response.status)) return;
  AnswerRead read = read_carrier_answer(*setup_.format, response, questions, now, world_.unmapped);
  note_hold(read, response, now);
  if (read.error == AnswerErrorKind::Server) {
    breaker_.failed(now);
  } else {
    breaker_.succeeded();
  }
  if (ask_again_alone(group, read)) return;
  Group passed_over;
  for (Pending& one : group) {
    const auto found = std::find_if(questions.begin(), questions.end(), [&](const ports::CarrierQuestion& question) {
      return same_parcel(question, one.question);
    });
    const auto place = static_cast<std::size_t>(found - questions.begin());
    if (read.passed_over[place] && questions.size() > 1) {
      one.alone = true;
      passed_over.push_back(std::move(one));
      continue;
    }
    const auto& said = read.answers[place];
    if (said || said.error().error == CarrierError::UnknownNumber) {
      note_success(now);
    } else if (said.error().error != CarrierError::InvalidNumber) {
      note_failure(said.error(), now);
    }
    answer(one, said);
  }
  put_back(passed_over);
}

bool CarrierLine::ask_again_with_new_token(Group& group, const std::string& token, int status) {
  if (status != 401 || token.empty()) return false;
  token_.drop(token);
  if (group.front().token_renewed) return false;
  breaker_.succeeded();
  for (Pending& one : group) one.token_renewed = true;
  put_back(group);
  return true;
}

// One bad number must not spoil the answers to its neighbours, and "not found" for a batch does not say which.
bool CarrierLine::ask_again_alone(Group& group, const AnswerRead& read) {
  const bool spoilt = read.error == AnswerErrorKind::InvalidNumber || read.error == AnswerErrorKind::BadRequest ||
                      read.error == AnswerErrorKind::NotFound;
  if (!spoilt || read.answers.size() < 2) return false;
  for (Pending& one : group) one.alone = true;
  put_back(group);
  return true;
}

void CarrierLine::note_hold(const AnswerRead& read, const wire::http::ClientResponse& response, Timestamp now) {
  const auto told = wire::http::parse_retry_after(response.retry_after, now);
  if (read.error == AnswerErrorKind::RateLimit || response.status == 429) {
    held_until_ = std::max(held_until_, now + told.value_or(kHoldWhenUntold));
  } else if (response.status == 503 && told) {
    held_until_ = std::max(held_until_, now + *told);
  }
}

void CarrierLine::fetch_token() {
  const std::string unique = fresh_unique();
  auto request =
      write_token_request(*setup_.format, setup_.destination, {{}, nullptr, &setup_.credentials, unique, {}});
  if (!request) {
    token_.refuse({CarrierError::Refused, request.error().why, std::nullopt}, world_.clock.now());
    return refuse_waiting({CarrierError::Refused, request.error().why, std::nullopt});
  }
  request->timeout = patience();
  fetching_token_ = true;
  world_.client.send(std::move(request).value(),
                     [self = shared_from_this()](HttpResult result) { self->on_token(std::move(result)); });
}

void CarrierLine::on_token(HttpResult result) {
  const Timestamp now = world_.clock.now();
  fetching_token_ = false;
  auto granted = result ? read_token_answer(result.value())
                        : Result<GrantedToken, CarrierFailure>(fail(failure_for(result.error())));
  if (granted) {
    breaker_.succeeded();
    token_.grant(std::move(granted).value(), now);
  } else {
    CarrierFailure failure = granted.error();
    note_failure(failure, now);
    if (failure.error == CarrierError::Throttled) {
      held_until_ = now + wire::http::parse_retry_after(result.value().retry_after, now).value_or(kHoldWhenUntold);
    } else if (failure.error == CarrierError::Unreachable) {
      breaker_.failed(now);
      refuse_waiting(failure);
    } else {
      breaker_.succeeded();
      token_.refuse(std::move(failure), now);
    }
  }
  pump();
}

void CarrierLine::refuse_waiting(const CarrierFailure& failure) {
  std::deque<Pending> refused;
  refused.swap(waiting_);  // an answer may bring new questions
  for (Pending& one : refused) answer(one, fail(failure));
}

// With the pace known, those at the end whose turn would not come in time need not wait to hear it.
void CarrierLine::refuse_too_many(Timestamp now) {
  if (setup_.budget.per_second <= 0) return;
  const double seconds = std::chrono::duration<double>(patience()).count();
  const auto requests = static_cast<std::size_t>(seconds * setup_.budget.per_second) + 1;
  const std::size_t places = requests * setup_.format->batch.size;
  const milliseconds wait = pace_.wait(now) + patience();
  while (waiting_.size() > places) {
    Pending last = std::move(waiting_.back());
    waiting_.pop_back();
    answer(last, fail(CarrierFailure{CarrierError::Throttled, "too many questions wait for this carrier", wait}));
  }
}

// The oldest stand in front.
void CarrierLine::refuse_late() {
  const auto too_early = SteadyClock::now() - patience();
  while (!waiting_.empty() && waiting_.front().arrived <= too_early) {
    Pending first = std::move(waiting_.front());
    waiting_.pop_front();
    answer(first, fail(CarrierFailure{CarrierError::Throttled, "its turn did not come in time", patience()}));
  }
}

void CarrierLine::answer(Pending& pending, ShipmentAnswer said) {
  figures_.note(said);
  pending.answer(std::move(said));
}

void CarrierLine::pump_after(milliseconds delay) {
  const auto due = SteadyClock::now() + std::max(delay, milliseconds{1});
  if (pump_due_ && *pump_due_ <= due) return;
  pump_due_ = due;
  world_.client.after(delay, [self = shared_from_this(), due] {
    if (self->pump_due_ != due) return;  // an earlier one has come since
    self->pump_due_.reset();
    self->pump();
  });
}

void CarrierLine::note_failure(const CarrierFailure& failure, Timestamp now) {
  if (world_.stopping) return;  // it is we who went away
  if (!failing_) log::warning("carrier fails", "carrier={} detail={}", setup_.name, failure.detail);
  failing_ = true;
  const std::lock_guard lock(state_mutex_);
  state_.last_failure = now;
  state_.last_failure_detail = failure.detail;
}

void CarrierLine::note_success(Timestamp now) {
  if (failing_) log::info("carrier answers again", "carrier={}", setup_.name);
  failing_ = false;
  const std::lock_guard lock(state_mutex_);
  state_.last_success = now;
}

void CarrierLine::publish(Timestamp now) {
  const std::lock_guard lock(state_mutex_);
  state_.waiting = waiting_.size();
  state_.in_flight = in_flight_;
  state_.used_this_hour = pace_.used_this_hour(now);
  state_.used_this_day = pace_.used_this_day(now);
  state_.breaker_open = breaker_.open();
}

LineState CarrierLine::state() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
}

std::string CarrierLine::fresh_unique() {
  return fmt::format("{:016x}{:016x}", world_.random.bits(), world_.random.bits());
}

}  // namespace parcelwake::carriers
