#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "ports/store_error.h"

namespace parcelwake::store {

class SqliteDatabase;

// One SQL statement, prepared when it is first run and kept. Must not outlive its database.
class Statement {
 public:
  Statement(SqliteDatabase& database, std::string sql) : database_(&database), sql_(std::move(sql)) {}
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;

 private:
  friend class Query;
  int prepare();

  SqliteDatabase* database_;
  std::string sql_;
  sqlite3_stmt* prepared_ = nullptr;
};

// One run of a statement: bind all parameters in their order, then next() until it says false, or run().
// Bound texts and blobs must stay until the query goes. Whatever failed on the way is told by next() or run().
class Query {
 public:
  explicit Query(Statement& statement);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::int64_t value);
  Query& bind(Timestamp value) { return bind(value.time_since_epoch().count()); }
  Query& bind(std::string_view text);
  Query& bind_blob(std::string_view bytes);
  Query& bind_blob(std::span<const std::uint8_t> bytes) {
    return bind_blob(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }
  Query& bind_null();
  Query& bind(std::optional<Timestamp> value) { return value ? bind(*value) : bind_null(); }

  // True: there is a row, whose columns can be read until the next call.
  Result<bool, ports::StoreError> next();
  // Runs a statement that gives no rows to its end.
  Result<void, ports::StoreError> run();

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.prepared_, column); }
  Timestamp time(int column) const { return Timestamp{std::chrono::milliseconds{integer(column)}}; }
  std::optional<Timestamp> optional_time(int column) const;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;

 private:
  void note(int code);

  Statement& statement_;
  int position_ = 0;
  int failure_ = SQLITE_OK;
};

}  // namespace parcelwake::store
