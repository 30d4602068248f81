#include "store/sqlite/statement.h"

#include <utility>

#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {

using ports::StoreError;

Statement::~Statement() {
  sqlite3_finalize(prepared_);  // its code is that of the last step, which was told then
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), sql_(std::move(other.sql_)), prepared_(std::exchange(other.prepared_, nullptr)) {}

int Statement::prepare() {
  if (prepared_ != nullptr) return SQLITE_OK;
  return sqlite3_prepare_v3(database_->handle(), sql_.data(), static_cast<int>(sql_.size()), SQLITE_PREPARE_PERSISTENT,
                            &prepared_, nullptr);
}

Query::Query(Statement& statement) : statement_(statement) {
  if (KeptView* const view = statement_.database_->view()) view->step_aside();
  note(statement_.prepare());
}

Query::~Query() {
  sqlite3_reset(statement_.prepared_);  // its code is that of the last step, which was told then
}

Query& Query::bind(std::int64_t value) {
  note(sqlite3_bind_int64(statement_.prepared_, ++position_, value));
  return *this;
}

Query& Query::bind(std::string_view text) {
  const char* start = text.data() == nullptr ? "" : text.data();
  note(sqlite3_bind_text64(statement_.prepared_, ++position_, start, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Query& Query::bind_blob(std::string_view bytes) {
  const char* start = bytes.data() == nullptr ? "" : bytes.data();
  note(sqlite3_bind_blob64(statement_.prepared_, ++position_, start, bytes.size(), SQLITE_STATIC));
  return *this;
}

Query& Query::bind_null() {
  note(sqlite3_bind_null(statement_.prepared_, ++position_));
  return *this;
}

Result<bool, StoreError> Query::next() {
  if (failure_ == SQLITE_OK) {
    const int code = sqlite3_step(statement_.prepared_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    failure_ = code;
  }
  return fail(statement_.database_->error(failure_, statement_.sql_));
}

Result<void, StoreError> Query::run() {
  const auto row = next();
  if (!row) return fail(row.error());
  return {};
}

std::optional<Timestamp> Query::optional_time(int column) const {
  if (sqlite3_column_type(statement_.prepared_, column) == SQLITE_NULL) return std::nullopt;
  return time(column);
}

// Asked for as a blob, a text stays where it is; as text it would be copied to put a NUL behind it.
std::string_view Query::text(int column) const { return blob(column); }

std::string_view Query::blob(int column) const {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_.prepared_, column));
  return start == nullptr ? std::string_view{}
                          : std::string_view(start, sqlite3_column_bytes(statement_.prepared_, column));
}

void Query::note(int code) {
  if (failure_ == SQLITE_OK) failure_ = code;
}

}  // namespace parcelwake::store
