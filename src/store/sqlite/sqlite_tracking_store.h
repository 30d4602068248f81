#pragma once

#include <map>
#include <memory>
#include <tuple>

#include "ports/tracking_store.h"
#include "store/sqlite/fences.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_ledger.h"
#include "store/sqlite/sqlite_notification_store.h"
#include "store/sqlite/sqlite_waybill_store.h"
#include "store/sqlite/tracking_queries.h"

namespace parcelwake::store {

// Trackings in a SQLite file, over one writing connection. commit() returns when the transaction is on the disk.
//
// begin() takes the file's write lock, and waits for it as long as the options say: whoever else writes (another
// process, the checkpointer for a moment) is waited for there, and nothing after it fails for being busy.
// Move the checkpoints out of the way with a SqliteCheckpointer: without one the write-ahead log grows for ever.
class SqliteTrackingStore final : public ports::TrackingStore {
 public:
  static Result<std::unique_ptr<SqliteTrackingStore>, OpenFailure> open(const SqliteOptions& options);
  explicit SqliteTrackingStore(std::unique_ptr<SqliteDatabase> database,
                               std::int64_t rows_per_fence = Fences::kRowsPerFence);
  ~SqliteTrackingStore() override;

  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const ports::TrackingKey> keys) override;
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const domain::TrackingId> ids) override;
  Result<ports::ListPage, ports::StoreError> list(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit) override;
  Result<void, ports::StoreError> read_list(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                            ports::ListSink& sink) override;
  Result<void, ports::StoreError> read_one(const ports::TrackingKey& key, ports::ListSink& sink) override {
    return queries_.read_one(key, sink);
  }
  Result<void, ports::StoreError> read_oldest_first(domain::AccountId account, Timestamp since,
                                                    const TakeTracking& take) override {
    return queries_.read_oldest_first(account, since, take);
  }
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter& filter) override;
  Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules(
      std::span<const domain::TrackingId> ids) override;
  Result<std::vector<domain::TransitTimes>, ports::StoreError> transit_times(
      domain::AccountId account, std::span<const domain::Route> routes) override;

  Result<void, ports::StoreError> begin() override;
  Result<void, ports::StoreError> commit() override;
  void rollback() override;
  Result<void, ports::StoreError> save(std::span<const ports::TrackingChange> changes) override;
  Result<void, ports::StoreError> reschedule(
      std::span<const std::pair<domain::TrackingId, ports::Schedule>> schedules) override;
  Result<std::vector<ports::DueTracking>, ports::StoreError> claim_due(Timestamp now, Timestamp lease_until,
                                                                       std::size_t limit) override;
  Result<void, ports::StoreError> wake_waiting(Timestamp now) override;
  Result<std::optional<Timestamp>, ports::StoreError> next_due() override;
  SqliteLedger& ledger() override { return ledger_; }
  ports::WaybillStore& waybills() override { return waybills_; }
  ports::NotificationStore& notifications() override { return notifications_; }

  SqliteDatabase& database() { return *database_; }

 private:
  struct Standing;
  struct Due;
  // What a batch adds to and takes from the counters, the fences and the transit times, told once at its end.
  struct Tally {
    std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, std::int64_t> counts;  // account, status, archived
    std::vector<Fences::Move> moves;
    TransitTally transits;
  };

  bool in_transaction() const;
  Result<void, ports::StoreError> save_one(const ports::TrackingChange& change, Tally& tally);
  static void tally_change(const Standing& before, const ports::StoredTracking& after, Tally& tally);
  Result<std::int64_t, ports::StoreError> insert(const ports::StoredTracking& stored);
  Result<Standing, ports::StoreError> standing_of(const ports::StoredTracking& stored);
  Result<void, ports::StoreError> update(const Standing& standing, const ports::StoredTracking& stored);
  Result<void, ports::StoreError> clear_way(const Standing& standing, const ports::StoredTracking& stored);
  Result<void, ports::StoreError> write_schedule(Statement& statement, std::int64_t seq,
                                                 const ports::Schedule& schedule);
  Result<void, ports::StoreError> schedule(std::int64_t seq, const ports::Schedule& schedule);
  Result<void, ports::StoreError> unschedule(std::int64_t seq);
  Result<void, ports::StoreError> add_to_counters(const Tally& tally);
  Result<std::vector<Due>, ports::StoreError> due(Timestamp now, std::size_t limit);

  std::unique_ptr<SqliteDatabase> database_;
  TrackingQueries queries_;
  SqliteLedger ledger_;
  Fences fences_;
  SqliteWaybillStore waybills_;
  SqliteNotificationStore notifications_;
  Statement begin_;
  Statement commit_;
  Statement rollback_;
  Statement insert_;
  Statement standing_;
  Statement update_state_;
  Statement update_all_;
  Statement drop_tombstone_;
  Statement seq_of_id_;
  Statement update_schedule_;
  Statement insert_schedule_;
  Statement insert_schedule_if_live_;
  Statement delete_schedule_;
  Statement add_to_counter_;
  Statement add_transits_;
  Statement due_;
  Statement lease_;
  Statement load_by_seq_;
  Statement wake_waiting_;
  Statement next_due_;
  std::string body_;  // kept for its room
};

}  // namespace parcelwake::store
