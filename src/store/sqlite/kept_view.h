#pragma once

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "ports/store_error.h"

namespace parcelwake::store {

class KeptView;
class SqliteDatabase;

// The reading connections of a process that keep their view of the file from one read to the next. Thread-safe.
//
// A kept view holds up checkpoints. So whoever checkpoints does it in a Pause, and often enough that a view which
// nobody uses any more does no harm.
class KeptViews {
 public:
  // While it lives no view outlasts its read. Waits for nobody: reads under way end theirs themselves.
  class Pause {
   public:
    explicit Pause(KeptViews* views);  // null: pauses nothing
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    KeptViews* views_;
  };

 private:
  friend class KeptView;

  std::mutex mutex_;
  std::vector<KeptView*> views_;
  std::atomic<int> pauses_{0};
};

// A connection's view of the file, kept for as long as nobody commits, in this process or another: to begin a view and
// to end it costs two locks of the file, each a system call, a third of what it costs to find a row. Whether somebody
// has committed is seen from the index of the write-ahead log, which lies in shared memory
// (https://sqlite.org/walformat.html, "WAL-Index Format"). Where there is none, no view is kept.
//
// enter(), leave(), entered() and step_aside() belong to the connection's thread.
class KeptView {
 public:
  KeptView(SqliteDatabase& database, KeptViews& views);
  ~KeptView();
  KeptView(const KeptView&) = delete;
  KeptView& operator=(const KeptView&) = delete;

  // Until leave(), reads show one state: with all that was committed before the call.
  Result<void, ports::StoreError> enter();
  // When the last query of the read has gone.
  void leave();
  bool entered() const { return entered_; }

  // Before a query of a read that did not enter: it sees the newest state by itself.
  void step_aside();

 private:
  friend class KeptViews;
  static constexpr std::size_t kHeadWords = 12;
  using Head = std::array<std::uint32_t, kHeadWords>;

  void let_go();  // with mutex_ held, like what follows
  int run(sqlite3_stmt*& kept, const char* sql);
  bool is_current() const;
  Head head_now() const;
  void find_index();

  SqliteDatabase& database_;
  KeptViews& views_;
  std::mutex mutex_;  // held from enter() to leave(), and by who makes it let go
  bool entered_ = false;
  bool begun_ = false;                    // a transaction
  Head head_{};                           // of the log's index, from before the transaction began
  const volatile void* index_ = nullptr;  // null: not known yet, or not there
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* end_ = nullptr;
};

}  // namespace parcelwake::store
