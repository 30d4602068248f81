#include "wire/http/server/connection.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <linux/sockios.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <utility>

#include "base/observe/log.h"
#include "wire/http/server/error_answers.h"
#include "wire/http/server/head_check.h"
#include "wire/http/server/raw_answer.h"

namespace parcelwake::wire::http {

namespace {

constexpr int kInternalError = 500;
constexpr int kUnavailable = 503;

// What a connection keeps of its body's room from one request to the next, and a thread of an answer's.
constexpr std::size_t kKeptBuffer = 64 * 1024;
// Before its bytes are there, an announced body gets no more memory than this.
constexpr std::size_t kFirstBuffer = 256 * 1024;

std::string address_text(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address != nullptr && address->sa_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text.data(), text.size());
  } else if (address != nullptr && address->sa_family == AF_INET6) {
    const in6_addr& v6 = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
      inet_ntop(AF_INET, &v6.s6_addr[12], text.data(), text.size());
    } else {
      inet_ntop(AF_INET6, &v6, text.data(), text.size());
    }
  }
  return text.data();
}

MHD_Result collect_field(void* fields, MHD_ValueKind, const char* name, std::size_t name_size, const char* value,
                         std::size_t value_size) {
  static_cast<std::vector<HeaderField>*>(fields)->push_back({{name, name_size}, {value, value_size}});
  return MHD_YES;
}

Unread peek(int socket) {
  char next = 0;
  const ssize_t peeked = recv(socket, &next, 1, MSG_PEEK | MSG_DONTWAIT);
  if (peeked > 0) return Unread::Bytes;
  return peeked < 0 && errno == EAGAIN ? Unread::Nothing : Unread::End;
}

// Whether the client has not acknowledged all of what was sent: what it sends after we have closed would cost it the
// rest.
bool has_unacknowledged(int socket) {
  int bytes = 0;
  return ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes > 0;
}

void shrink(std::string& buffer) {
  if (buffer.capacity() > kKeptBuffer) std::string().swap(buffer);
}

// Exchanges that have ended, with the room of their answers, for this thread's next ones: whichever connection they are
// of, what was written last is still near in memory.
thread_local std::vector<std::shared_ptr<Exchange>> spare_exchanges;

std::shared_ptr<Exchange> take_spare() {
  if (spare_exchanges.empty()) return std::make_shared<Exchange>();
  std::shared_ptr<Exchange> exchange = std::move(spare_exchanges.back());
  spare_exchanges.pop_back();
  return exchange;
}

void keep_spare(std::shared_ptr<Exchange> exchange) {
  constexpr std::size_t kMostSpare = 32;
  if (exchange == nullptr || exchange.use_count() > 1 || spare_exchanges.size() == kMostSpare) return;
  shrink(exchange->response.body);
  exchange->response.headers.clear();
  spare_exchanges.push_back(std::move(exchange));
}

}  // namespace

Connection::Connection(ServerCore& core, MHD_Connection* handle)
    : core_(core), handle_(handle), opened_ms_(Caretaker::now_ms()) {
  watched_.socket = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  client_address_ = address_text(MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
  end_within(core.options.limits.head_deadline);
  core.caretaker.add(watched_);
}

Connection::~Connection() {
  const Unread unread = peek(watched_.socket);
  if (is_first_line_unparsed(unread)) farewell(400);
  end_request();
  core_.caretaker.remove(watched_);
  if (!linger_ && unread != Unread::Bytes && !has_unacknowledged(watched_.socket)) return;
  const int socket = dup(watched_.socket);
  if (socket >= 0) core_.caretaker.linger(socket);
}

Connection* Connection::of(MHD_Connection* handle) {
  return static_cast<Connection*>(MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

void Connection::begin_request(const char* target) {
  stage_ = Stage::Head;
  has_begun_ = true;
  request_id_ = core_.next_request_id();
  target_place_ = target;
  target_.assign(target);
}

bool Connection::proceed(const char* method, const char* version, const char* data, std::size_t* data_size) {
  switch (stage_) {
    case Stage::Head:
      return take_head(method, version);
    case Stage::Body:
      return *data_size > 0 ? take_body(data, *data_size) : handle();
    case Stage::Handled:
      return finish();
    case Stage::Idle:
    case Stage::Answered:
      *data_size = 0;
      return true;
  }
  return false;
}

bool Connection::take_head(const char* method, const char* version) {
  watched_.idle.store(false, std::memory_order_relaxed);
  core_.requests_begun.fetch_add(1, std::memory_order_relaxed);
  method_ = method;
  fields_.clear();
  MHD_get_connection_values_n(handle_, MHD_HEADER_KIND, collect_field, &fields_);
  const std::size_t size = MHD_get_connection_info(handle_, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
  const RawHead head{method_, target_, version, target_place_, fields_, size};
  const Limits& limits = core_.options.limits;
  if (const auto status = refusal(head, limits)) return refuse(*status);
  stage_ = Stage::Body;
  body_.reserve(std::min(announced_length(fields_).value_or(0), kFirstBuffer));
  end_within(limits.body_deadline);
  return true;
}

bool Connection::take_body(const char* data, std::size_t& size) {
  const Limits& limits = core_.options.limits;
  if (size > limits.body - body_.size()) {
    farewell(413);
    return false;
  }
  if (core_.body_bytes.load(std::memory_order_relaxed) + size > limits.bodies) {
    farewell(kUnavailable);
    return false;
  }
  core_.body_bytes.fetch_add(size, std::memory_order_relaxed);
  body_.append(data, size);
  size = 0;
  return true;
}

bool Connection::handle() {
  stage_ = Stage::Handled;
  watched_.deadline_ms.store(Watched::kNone, std::memory_order_relaxed);
  exchange_ = take_spare();
  exchange_->state.store(Exchange::State::Open, std::memory_order_relaxed);
  exchange_->label = {};
  exchange_->unanswered = false;
  exchange_->connection = handle_;
  exchange_->room = &core_.waiting_room;
  if (core_.options.observe) handled_at_ = std::chrono::steady_clock::now();
  const auto [path, query] = split_target(target_);
  const Request request{method_, target_, path, query, fields_, body_, client_address_, core_.is_tls()};
  try {
    core_.handler(request, Reply(exchange_));
  } catch (const std::exception& error) {
    log::error("http handler failed", "{}", error.what());
  } catch (...) {
    log::error("http handler failed", "not a std::exception");
  }
  return finish();
}

bool Connection::finish() {
  switch (exchange_->state.load(std::memory_order_acquire)) {
    case Exchange::State::Answered:
      return answer(exchange_->response);
    case Exchange::State::Open:
      if (core_.waiting_room.admit(exchange_)) return true;
      if (exchange_->state.exchange(Exchange::State::Abandoned, std::memory_order_acq_rel) ==
          Exchange::State::Answered) {
        return answer(exchange_->response);
      }
      break;
    case Exchange::State::Waiting:
      return true;
    case Exchange::State::Abandoned:
      break;
  }
  exchange_.reset();
  return refuse(kUnavailable);
}

bool Connection::refuse(int status) {
  linger_ = true;
  stage_ = Stage::Answered;
  Response page = error_page(status);
  page.headers.emplace_back("Connection", "close");
  tell_observer(page, {});
  return queue(page, false) == MHD_YES;
}

bool Connection::answer(Response& response) {
  stage_ = Stage::Answered;
  if (exchange_->unanswered) response = error_page(kInternalError);
  if (core_.draining.load(std::memory_order_relaxed)) response.headers.emplace_back("Connection", "close");
  tell_observer(response, exchange_->label);
  if (queue(response, true) == MHD_YES) return true;
  Response page = error_page(kInternalError);
  return queue(page, false) == MHD_YES;
}

int Connection::answer_unparsed(unsigned status) {
  // The library wants a response queued, but after some of its errors it would send the head twice: what the client
  // gets is the farewell, and the library's own bytes find the socket shut.
  Response unsent;
  if (queue(unsent, false) != MHD_YES) return MHD_NO;
  // A daemon that is being stopped says yes and queues nothing, and its error path would trip over that.
  if (MHD_get_connection_info(handle_, MHD_CONNECTION_INFO_HTTP_STATUS) == nullptr) return MHD_NO;
  // The library says 413 only of lengths beyond 64 bits, which nobody means, and 500 within a body only of a chunk's
  // first line that its memory cannot hold.
  const bool is_malformed = status == 413 || (status == 500 && stage_ == Stage::Body);
  farewell(is_malformed ? 400 : static_cast<int>(status));
  return MHD_YES;
}

int Connection::queue(Response& response, bool keep_body_in_place) {
  end_within(core_.options.limits.answer_deadline);
  MHD_Response* const made = MHD_create_response_from_buffer(
      response.body.size(), response.body.data(), keep_body_in_place ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY);
  if (made == nullptr) return MHD_NO;
  if (!response.content_type.empty()) MHD_add_response_header(made, "Content-Type", response.content_type.c_str());
  if (request_id_.c_str()[0] != '\0') MHD_add_response_header(made, "X-Request-Id", request_id_.c_str());
  for (const auto& [name, value] : response.headers) MHD_add_response_header(made, name.c_str(), value.c_str());
  const int queued = queue_response(handle_, static_cast<unsigned>(response.status), made);
  MHD_destroy_response(made);
  return queued;
}

void Connection::end_request() {
  if (stage_ == Stage::Idle) return;
  if (stage_ != Stage::Head) {
    core_.requests_begun.fetch_sub(1, std::memory_order_relaxed);
    watched_.idle.store(true, std::memory_order_relaxed);
  }
  stage_ = Stage::Idle;
  target_.clear();
  method_ = {};
  request_id_ = {};
  handled_at_ = {};
  core_.body_bytes.fetch_sub(body_.size(), std::memory_order_relaxed);
  body_.clear();
  shrink(body_);
  keep_spare(std::exchange(exchange_, nullptr));
  end_within(core_.options.limits.idle_timeout + core_.options.limits.head_deadline);
}

Certificate* Connection::certificate() {
  certificate_ = core_.certificates.current();
  return certificate_.get();
}

// Sends an answer past the library and lets nothing follow it.
void Connection::farewell(int status) {
  linger_ = true;
  if (request_id_.text().empty()) request_id_ = core_.next_request_id();  // no request line has been read
  const Response page = error_page(status);
  tell_observer(page, {});
  const std::string bytes = closing_answer(page, request_id_.text());
  if (core_.is_tls()) {
    const auto* info = MHD_get_connection_info(handle_, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    const auto session = static_cast<gnutls_session_t>(info->tls_session);
    gnutls_record_send(session, bytes.data(), bytes.size());
    gnutls_bye(session, GNUTLS_SHUT_WR);
  } else {
    (void)!send(watched_.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  shutdown(watched_.socket, SHUT_WR);
}

Response Connection::error_page(int status) const { return core_.error_page(status, split_target(target_).path); }

void Connection::tell_observer(const Response& response, const Label& label) {
  if (!core_.options.observe) return;
  const bool was_handled = handled_at_ != std::chrono::steady_clock::time_point{};
  core_.options.observe(
      {.method = method_,
       .label = label,
       .status = response.status,
       .body = response.body,
       .request_id = request_id_.text(),
       .duration = was_handled ? std::chrono::steady_clock::now() - handled_at_ : std::chrono::nanoseconds{0}});
}

void Connection::end_within(std::chrono::milliseconds time) {
  watched_.deadline_ms.store(Caretaker::now_ms() + time.count(), std::memory_order_relaxed);
}

// Whether the library closes this connection because its first line is no request line, for which it has no answer.
// Otherwise a connection without a request ends by silence, or because one of the two ends has closed it.
bool Connection::is_first_line_unparsed(Unread unread) const {
  if (has_begun_ || linger_ || core_.is_tls() || core_.draining.load(std::memory_order_relaxed)) return false;
  if (unread == Unread::End) return false;
  const std::chrono::milliseconds idle_timeout = core_.options.limits.idle_timeout;
  return idle_timeout.count() == 0 || Caretaker::now_ms() - opened_ms_ < idle_timeout.count();
}

}  // namespace parcelwake::wire::http
