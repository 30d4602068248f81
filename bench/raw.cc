// bench_raw: what bare SQLite does on the same file with the same schema, as the limit that the server is held against.
//
//   bench_raw create FILE ACCOUNT SECONDS SALT ROWS_PER_TRANSACTION
//       adds fresh trackings, each with its schedule, in durable transactions; checkpoints run beside as in the server
//   bench_raw list FILE ACCOUNT SECONDS OFFSET LIMIT
//       reads the rows of one page, every column, again and again
//   bench_raw get FILE ACCOUNT SECONDS NUMBERS
//       looks up trackings by the lines "carrier/number" of a file, every column
//   bench_raw serve-list FILE ACCOUNT BYTES OFFSET LIMIT
//       says where it listens; for each HTTP request, whatever it asks, reads the same page and answers so many bytes.
//       Until it is ended.
//
// Prints {"per_second":…,"cpu_us":…,"p50_ms":…,"p99_ms":…}: of rows, pages, trackings; the times are those of
// transactions, pages, trackings.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "parcels.h"
#include "store/codec/tracking_codec.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_database.h"
#include "store/sqlite/tracking_row.h"

namespace parcelwake::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

[[noreturn]] void give_up(const std::string& what) {
  std::cerr << "bench_raw: " << what << '\n';
  std::exit(1);
}

// A prepared statement; whatever fails ends the program.
class Raw {
 public:
  Raw(sqlite3* database, const std::string& sql) : database_(database) {
    check(sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~Raw() { sqlite3_finalize(statement_); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  Raw& bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++position_, value));
    return *this;
  }
  Raw& bind(std::string_view text) {
    check(sqlite3_bind_text64(statement_, ++position_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
  }
  Raw& bind_blob(std::string_view bytes) {
    check(sqlite3_bind_blob64(statement_, ++position_, bytes.data(), bytes.size(), SQLITE_STATIC));
    return *this;
  }

  // Steps to the end, looking at every column of every row. Returns how many rows there were.
  std::int64_t run() {
    std::int64_t rows = 0;
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement_)) == SQLITE_ROW) {
      ++rows;
      read_columns();
    }
    if (code != SQLITE_DONE) check(code);
    check(sqlite3_reset(statement_));
    position_ = 0;
    return rows;
  }

 private:
  void read_columns() {
    const int columns = sqlite3_column_count(statement_);
    for (int i = 0; i < columns; ++i) {
      if (sqlite3_column_type(statement_, i) == SQLITE_INTEGER) {
        seen_ = seen_ + sqlite3_column_int64(statement_, i);
      } else {
        const void* bytes = sqlite3_column_blob(statement_, i);
        seen_ = seen_ + (bytes == nullptr ? 0 : sqlite3_column_bytes(statement_, i));
      }
    }
  }
  void check(int code) {
    if (code != SQLITE_OK) give_up(sqlite3_errmsg(database_));
  }

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  int position_ = 0;
  volatile std::int64_t seen_ = 0;
};

std::unique_ptr<store::SqliteDatabase> opened(const store::SqliteOptions& options, store::SqliteAccess access) {
  auto database = store::SqliteDatabase::open(options, access);
  if (!database) give_up(database.error().detail);
  return *std::move(database);
}

// Repeats `once` for as long as told and prints how fast it went; it counts `units` each time.
template <class Once>
void measure(double seconds, double units, Once once) {
  std::vector<double> times;
  const std::clock_t cpu_before = std::clock();
  const auto begin = Clock::now();
  Seconds elapsed{};
  while (elapsed.count() < seconds) {
    const auto start = Clock::now();
    once();
    const auto end = Clock::now();
    times.push_back(Seconds(end - start).count());
    elapsed = end - begin;
  }
  const double count = units * static_cast<double>(times.size());
  const double cpu_us = 1e6 * static_cast<double>(std::clock() - cpu_before) / CLOCKS_PER_SEC / count;
  std::sort(times.begin(), times.end());
  const auto percentile = [&](double share) {
    return 1000 * times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::cout << fmt::format(R"({{"per_second":{:.1f},"cpu_us":{:.3f},"p50_ms":{:.4f},"p99_ms":{:.4f}}})",
                           count / elapsed.count(), cpu_us, percentile(0.5), percentile(0.99))
            << '\n';
}

// A row as the server would write it, made before the clock runs.
struct FreshRow {
  domain::Tracking tracking;
  std::string body;
};

// Moves the log into the file beside the writer, as often as the server does.
class Checkpoints {
 public:
  explicit Checkpoints(const store::SqliteOptions& options) {
    auto opened = store::SqliteCheckpointer::open(options);
    if (!opened) give_up(opened.error().detail);
    checkpointer_ = *std::move(opened);
    thread_ = std::thread([this] {
      while (!stopping_) {
        checkpointer_->run_once();
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
      }
    });
  }
  ~Checkpoints() {
    stopping_ = true;
    thread_.join();
  }

 private:
  std::unique_ptr<store::SqliteCheckpointer> checkpointer_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

void create(const store::SqliteOptions& options, std::int64_t account, double seconds, std::uint64_t salt,
            std::size_t per_transaction) {
  const Parcels parcels({account}, salt);
  constexpr double kMoreThanAnyDiskTakes = 60'000;
  std::vector<FreshRow> rows(static_cast<std::size_t>(seconds * kMoreThanAnyDiskTakes));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].tracking = parcels.fresh(i);
    store::append_tracking_body(rows[i].tracking, rows[i].body);
  }
  const auto database = opened(options, store::SqliteAccess::Write);
  Raw begin(database->handle(), "BEGIN IMMEDIATE");
  Raw commit(database->handle(), "COMMIT");
  Raw insert(database->handle(),
             "INSERT INTO tracking (id, bucket, account, number, carrier, created_at, updated_at, order_at, status, "
             "archived, deleted, order_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 0, 0, 0, ?, ?)");
  Raw schedule(database->handle(),
               "INSERT INTO schedule (due_at, failures, last_asked, waiting, seq) VALUES (?, 0, NULL, 1, ?)");
  Raw count(database->handle(),
            "INSERT INTO counter (account, status, archived, count) VALUES (?, 0, 0, ?) "
            "ON CONFLICT DO UPDATE SET count = count + excluded.count");
  const Checkpoints checkpoints(options);
  std::size_t next = 0;
  measure(seconds, static_cast<double>(per_transaction), [&] {
    if (next + per_transaction > rows.size()) give_up("faster than the rows that were made ready");
    // The moment of adding is that of the transaction, as in the server.
    const std::int64_t now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    begin.run();
    for (const FreshRow& row : std::span(rows).subspan(next, per_transaction)) {
      const domain::Tracking& t = row.tracking;
      const auto& id = t.id.bytes();
      insert.bind_blob({reinterpret_cast<const char*>(id.data()), id.size()}).bind(std::int64_t{t.bucket()});
      insert.bind(account).bind(std::string_view(t.number.text())).bind(std::string_view(t.carrier.text()));
      insert.bind(now).bind(now).bind(std::string_view(t.details.order_id)).bind_blob(row.body).run();
      constexpr std::int64_t kDay_ms = 86'400'000;
      schedule.bind(now + kDay_ms).bind(sqlite3_last_insert_rowid(database->handle())).run();
    }
    count.bind(account).bind(static_cast<std::int64_t>(per_transaction)).run();
    commit.run();
    next += per_transaction;
  });
}

std::int64_t count_trackings(sqlite3* database) {
  std::int64_t total = 0;
  sqlite3_exec(
      database, "SELECT count(*) FROM tracking WHERE deleted = 0",
      [](void* out, int, char** values, char**) {
        *static_cast<std::int64_t*>(out) = std::strtoll(values[0], nullptr, 10);
        return 0;
      },
      &total, nullptr);
  return total;
}

// The rows of one page, walked to from the nearer end.
class Page {
 public:
  Page(sqlite3* database, std::int64_t account, std::int64_t offset, std::int64_t limit)
      : account_(account),
        limit_(limit),
        total_(count_trackings(database)),
        from_far_end_(offset > total_ / 2),
        passed_over_(from_far_end_ ? total_ - offset - limit : offset),
        rows_(database,
              store::select_tracking(fmt::format("INDEXED BY tracking_created WHERE deleted = 0 AND account = ? "
                                                 "ORDER BY created_at {0}, seq {0} LIMIT ? OFFSET ?",
                                                 from_far_end_ ? "ASC" : "DESC"))) {}

  void read() {
    if (rows_.bind(account_).bind(limit_).bind(passed_over_).run() != limit_) give_up("the page is short");
  }

 private:
  std::int64_t account_;
  std::int64_t limit_;
  std::int64_t total_;
  bool from_far_end_;
  std::int64_t passed_over_;
  Raw rows_;
};

void list(const store::SqliteOptions& options, std::int64_t account, double seconds, std::int64_t offset,
          std::int64_t limit) {
  const auto database = opened(options, store::SqliteAccess::Read);
  Page page(database->handle(), account, offset, limit);
  measure(seconds, 1, [&] { page.read(); });
}

// A socket that listens on the loopback address; says where.
int listen_somewhere() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* const place = reinterpret_cast<sockaddr*>(&address);
  constexpr int kBacklog = 64;
  if (bind(listener, place, size) != 0 || listen(listener, kBacklog) != 0 || getsockname(listener, place, &size) != 0) {
    give_up("cannot listen");
  }
  std::cout << "listening on http://127.0.0.1:" << ntohs(address.sin_port) << std::endl;
  return listener;
}

// Reads one request, of which nothing but its end matters. False when the client has gone.
bool take_request(int client) {
  std::string head;
  while (!head.ends_with("\r\n\r\n")) {
    char piece[4096];
    const ssize_t size = recv(client, piece, sizeof(piece), 0);
    if (size <= 0) return false;
    head.append(piece, static_cast<std::size_t>(size));
  }
  return true;
}

bool send_all(int client, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void serve_list(const store::SqliteOptions& options, std::int64_t account, std::size_t bytes, std::int64_t offset,
                std::int64_t limit) {
  const auto database = opened(options, store::SqliteAccess::Read);
  Page page(database->handle(), account, offset, limit);
  const std::string answer =
      fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", bytes) +
      std::string(bytes, 'x');
  std::vector<pollfd> sockets = {{.fd = listen_somewhere(), .events = POLLIN, .revents = 0}};
  for (;;) {
    poll(sockets.data(), sockets.size(), -1);
    for (std::size_t i = sockets.size(); i-- > 1;) {
      if (sockets[i].revents == 0) continue;
      bool stays = take_request(sockets[i].fd);
      if (stays) {
        page.read();
        stays = send_all(sockets[i].fd, answer);
      }
      if (stays) continue;
      close(sockets[i].fd);
      sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (sockets[0].revents != 0) {
      sockets.push_back({.fd = accept(sockets[0].fd, nullptr, nullptr), .events = POLLIN, .revents = 0});
    }
  }
}

void get(const store::SqliteOptions& options, std::int64_t account, double seconds, const char* numbers) {
  std::vector<std::string> keys;
  std::ifstream file(numbers);
  for (std::string line; std::getline(file, line);) keys.push_back(line);
  if (keys.empty()) give_up("no numbers");
  const auto database = opened(options, store::SqliteAccess::Read);
  Raw one(database->handle(), store::select_tracking("WHERE account = ? AND number = ? AND carrier = ?"));
  std::mt19937_64 random(1);
  measure(seconds, 1, [&] {
    const std::string_view key = keys[random() % keys.size()];
    const auto slash = key.find('/');
    if (one.bind(account).bind(key.substr(slash + 1)).bind(key.substr(0, slash)).run() != 1) give_up("not there");
  });
}

int run(std::span<const char* const> arguments) {
  const std::string_view verb = arguments.empty() ? std::string_view{} : arguments[0];
  const auto number = [&](std::size_t i) { return std::strtoll(arguments[i], nullptr, 10); };
  const bool complete = (verb == "get" && arguments.size() == 5) ||
                        ((verb == "create" || verb == "list" || verb == "serve-list") && arguments.size() == 6);
  if (!complete) {
    std::cerr << "usage: bench_raw create|list|get FILE ACCOUNT SECONDS …, serve-list FILE ACCOUNT BYTES …\n";
    return 2;
  }
  store::SqliteOptions options;
  options.path = arguments[1];
  const double seconds = std::strtod(arguments[3], nullptr);
  if (verb == "create") {
    create(options, number(2), seconds, static_cast<std::uint64_t>(number(4)), static_cast<std::size_t>(number(5)));
  } else if (verb == "list") {
    list(options, number(2), seconds, number(4), number(5));
  } else if (verb == "serve-list") {
    serve_list(options, number(2), static_cast<std::size_t>(number(3)), number(4), number(5));
  } else {
    get(options, number(2), seconds, arguments[4]);
  }
  return 0;
}

}  // namespace
}  // namespace parcelwake::bench

int main(int argc, char** argv) {
  return parcelwake::bench::run(std::span<const char* const>(argv + 1, static_cast<std::size_t>(argc - 1)));
}
