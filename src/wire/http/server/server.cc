#include "wire/http/server/server.h"

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "base/observe/log.h"
#include "wire/http/server/connection.h"
#include "wire/http/server/listener.h"
#include "wire/http/server/quiesce.h"
#include "wire/http/server/server_core.h"

namespace parcelwake::wire::http {

namespace {

// Beside the head, a connection's memory holds the records of its fields and the head of the answer.
constexpr std::size_t kMemoryBesideHead = 6 * 1024;
constexpr std::chrono::milliseconds kLastWords{200};
constexpr std::chrono::milliseconds kDrainLook{2};

constexpr const char* kTlsPriorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

void on_connection(void* core, MHD_Connection* handle, void** context, MHD_ConnectionNotificationCode what) {
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    *context = new Connection(*static_cast<ServerCore*>(core), handle);
  } else {
    delete static_cast<Connection*>(*context);
    *context = nullptr;
  }
}

void* on_request_line(void*, const char* target, MHD_Connection* handle) {
  Connection* const connection = Connection::of(handle);
  connection->begin_request(target);
  // The library would split the query into records that nobody reads, and stumble over more than it has room for.
  // The target has been copied, and its memory is the connection's own.
  if (char* const query = const_cast<char*>(std::strchr(target, '?'))) query[1] = '\0';
  return connection;
}

MHD_Result on_request(void*, MHD_Connection* handle, const char*, const char* method, const char* version,
                      const char* data, std::size_t* data_size, void**) {
  return Connection::of(handle)->proceed(method, version, data, data_size) ? MHD_YES : MHD_NO;
}

void on_completed(void*, MHD_Connection* handle, void**, MHD_RequestTerminationCode) {
  Connection::of(handle)->end_request();
}

// Targets stay as they were sent.
std::size_t leave_escaped(void*, MHD_Connection*, char* text) { return std::strlen(text); }

int on_handshake(gnutls_session_t session, const gnutls_cert_retr_st*, gnutls_pcert_st** chain, unsigned* chain_length,
                 gnutls_ocsp_data_st** ocsp, unsigned* ocsp_length, gnutls_privkey_t* key, unsigned* flags) {
  Connection* const connection = Connection::of(static_cast<MHD_Connection*>(gnutls_session_get_ptr(session)));
  Certificate* const certificate = connection->certificate();
  *chain = certificate->chain();
  *chain_length = certificate->chain_length();
  *key = certificate->key();
  *ocsp = nullptr;
  *ocsp_length = 0;
  *flags = 0;
  return 0;
}

template <class T>
MHD_OptionItem option(MHD_OPTION name, T value, void* pointer = nullptr) {
  return {name, (intptr_t)value, pointer};
}

// The library calls this before it ends the process, when something is as it never thought possible.
void on_panic(void*, const char* file, unsigned line, const char* reason) {
  log::error("http", "libmicrohttpd gives up at {}:{}: {}", file, line, reason == nullptr ? "" : reason);
  std::abort();
}

MHD_Daemon* start_daemon(ServerCore& core, int listener) {
  const ServerOptions& options = core.options;
  const Limits& limits = options.limits;
  std::vector<MHD_OptionItem> items = {
      option(MHD_OPTION_LISTEN_SOCKET, listener),
      option(MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.head + kMemoryBesideHead),
      option(MHD_OPTION_CONNECTION_LIMIT, std::max(limits.connections, options.threads)),
      option(MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.connections_per_address),
      option(MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_timeout.count()),
      option(MHD_OPTION_NOTIFY_CONNECTION, on_connection, &core),
      option(MHD_OPTION_NOTIFY_COMPLETED, on_completed),
      option(MHD_OPTION_URI_LOG_CALLBACK, on_request_line),
      option(MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped),
  };
  if (options.threads > 1) items.push_back(option(MHD_OPTION_THREAD_POOL_SIZE, options.threads));
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME;
  if (core.is_tls()) {
    flags |= MHD_USE_TLS;
    items.push_back(option(MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>(kTlsPriorities)));
    items.push_back(option(MHD_OPTION_HTTPS_CERT_CALLBACK2, 0, reinterpret_cast<void*>(on_handshake)));
  } else {
    flags |= MHD_USE_TURBO;  // without it a plain socket is shut before Connection can say its farewell
  }
  items.push_back({MHD_OPTION_END, 0, nullptr});
  MHD_set_panic_func(on_panic, nullptr);
  return MHD_start_daemon(flags, 0, nullptr, nullptr, on_request, nullptr, MHD_OPTION_ARRAY, items.data(),
                          MHD_OPTION_END);
}

void wait_for_requests(const ServerCore& core, std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (core.requests_begun.load(std::memory_order_relaxed) > 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kDrainLook);
  }
}

// A request that had arrived before its connection was ended, but was not read yet, counts as none: it is read before
// the connection's end is seen. Until all that were idle have ended, further requests may begin.
void wait_for_arrivals(ServerCore& core, std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (core.caretaker.connections() > core.requests_begun.load(std::memory_order_relaxed) &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kDrainLook);
  }
}

}  // namespace

Result<std::unique_ptr<Server>, std::string> Server::start(ServerOptions options, Handler handler) {
  auto listener = listen_on(options.host, options.port);
  if (!listener) return fail(std::move(listener).error());
  auto core = std::make_unique<ServerCore>(std::move(options), std::move(handler));
  const std::uint16_t port = port_of(*listener);
  if (core->is_tls()) {
    if (auto loaded = core->certificates.reload(); !loaded) {
      close(*listener);
      return fail(loaded.error());
    }
  }
  MHD_Daemon* const daemon = start_daemon(*core, *listener);
  if (daemon == nullptr) {
    close(*listener);
    return fail(std::string("the HTTP server could not start its threads"));
  }
  return std::unique_ptr<Server>(new Server(std::move(core), daemon, *listener, port));
}

Server::Server(std::unique_ptr<ServerCore> core, MHD_Daemon* daemon, int listener, std::uint16_t port)
    : core_(std::move(core)), daemon_(daemon), listener_(listener), port_(port) {}

Server::~Server() {
  if (daemon_ != nullptr) drain(std::chrono::milliseconds(0));
}

Result<void, std::string> Server::reload_tls() { return core_->certificates.reload(); }

void Server::drain(std::chrono::milliseconds grace) {
  quiesce(daemon_);
  shutdown(listener_, SHUT_RDWR);
  core_->draining = true;
  core_->caretaker.end_idle();
  wait_for_arrivals(*core_, std::min(grace, kLastWords));
  wait_for_requests(*core_, grace);
  core_->waiting_room.close();
  wait_for_requests(*core_, kLastWords);
  MHD_stop_daemon(std::exchange(daemon_, nullptr));
  close(listener_);
}

}  // namespace parcelwake::wire::http
