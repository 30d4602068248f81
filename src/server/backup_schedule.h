#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "store/sqlite/backup.h"

namespace parcelwake::server {

// Backups that the server makes by itself, in a folder of their own: parcelwake-20260131T235959Z.db, each with its
// manifest. The folder is theirs to clean: the oldest go when there are more than are kept. Other files stay.
struct BackupPlan {
  std::string folder;  // empty: none are made
  std::chrono::hours every{24};
  std::size_t keep = 7;
};

class BackupSchedule {
 public:
  BackupSchedule(BackupPlan plan, store::SqliteOptions source, ports::Clock& clock);

  // Makes one if the newest in the folder is old enough; how long until one is due again, an hour at most. What fails
  // is logged and tried again in ten minutes.
  std::chrono::milliseconds pass();

  // The pass under way gives up soon. From any thread.
  void stop() { stopping_ = true; }

 private:
  std::vector<std::string> names() const;  // of those that are there, oldest first
  std::chrono::milliseconds make_one(Timestamp now);
  void remove_surplus() const;

  const BackupPlan plan_;
  const store::SqliteOptions source_;
  ports::Clock& clock_;
  std::atomic<bool> stopping_{false};
};

// "parcelwake-20260131T235959Z.db" and back; nothing for other names.
std::string backup_name(Timestamp taken_at);
std::optional<Timestamp> time_of_backup_name(const std::string& name);

}  // namespace parcelwake::server
