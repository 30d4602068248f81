#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "domain/tracking/status.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// What a person wants to know of a whole store.
struct StoreFigures {
  struct Count {
    domain::Status status = domain::Status::Pending;
    bool archived = false;
    std::int64_t trackings = 0;
  };
  std::vector<Count> counts;               // of all accounts; a pair that is not told has none
  std::optional<Timestamp> oldest_due;     // the soonest in the schedule; nothing when none is scheduled
  std::int64_t untold = 0;                 // changes in the outbox, and deliveries on their way
  std::optional<Timestamp> oldest_untold;  // when the oldest of them happened
};

// Reads them over a connection of its own, from counters: at the cost of a row for each account and status. Use it from
// one thread at a time.
class SqliteSurvey {
 public:
  static Result<std::unique_ptr<SqliteSurvey>, OpenFailure> open(const SqliteOptions& options);
  explicit SqliteSurvey(std::unique_ptr<SqliteDatabase> database);

  Result<StoreFigures, ports::StoreError> read();

 private:
  std::unique_ptr<SqliteDatabase> database_;
  Statement counts_;
  Statement oldest_due_;
  Statement untold_;
};

}  // namespace parcelwake::store
