#pragma once

#include <string>
#include <string_view>

#include "ports/tracking_store.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// "SELECT" of the columns that read_tracking_row() takes, "FROM tracking", and `rest`.
std::string select_tracking(std::string_view rest);

// Fills `stored`, which comes default-constructed, from the row of a select_tracking() query. False when the row makes
// no sense: it is then half filled.
bool read_tracking_row(const Query& query, ports::StoredTracking& stored);
bool read_tracking_row(const Query& query, domain::Tracking& tracking, bool& deleted);

// The same; a row that makes no sense is logged and told as Broken, for to leave it out would be a lie.
Result<void, ports::StoreError> take_tracking_row(const Query& query, domain::Tracking& tracking, bool& deleted);
// Likewise, of a tracking that is known not to be deleted.
Result<void, ports::StoreError> read_listed_row(const Query& query, domain::Tracking& tracking);

// The state of a select_tracking() query's row.
ports::RowState read_row_state(const Query& query);

// The schedule whose columns due_at, failures, last_asked, waiting come first in the query's row.
ports::Schedule read_schedule(const Query& query);

// Binds id, bucket, account, number, carrier: the key. `folded_number` must stay as long as the query.
void bind_tracking_key(Query& query, const domain::Tracking& tracking, std::string_view folded_number);

// Binds created_at, updated_at, order_at, status, archived, deleted, order_id, body. `body` is where the body is
// written; it must stay as long as the query.
void bind_tracking_state(Query& query, const ports::StoredTracking& stored, std::string& body);

}  // namespace parcelwake::store
