#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "ports/clock.h"
#include "store/sqlite/backup.h"

namespace parcelwake::server {

// Rests as long as each piece of work took, so that those who serve get at least half of the disk. Gives up when
// `stopping`.
store::BackupPause unhurried(const std::atomic<bool>& stopping);

// Makes a backup of a data directory, of one that is served too. The error is a sentence for a person.
Result<store::BackupManifest, std::string> back_up_directory(const std::string& data_directory, const std::string& file,
                                                             ports::Clock& clock);

struct Restored {
  std::optional<store::BackupManifest> manifest;  // nothing: there was none, and only SQLite's own check was made
  int migrations = 0;                             // that the backup's schema was behind
  std::string replaced;                           // where the database that was there lies now; empty: there was none
};

// Puts a backup into a data directory that nobody serves, and brings it to this program's schema. A directory that
// holds a database is refused unless `force`; then that database is kept under another name. On failure the directory
// holds what it held before. The error is a sentence for a person.
Result<Restored, std::string> restore_directory(const std::string& file, const std::string& data_directory, bool force);

// Brings the database of a directory that nobody serves to this program's schema. Returns how many migrations it took.
Result<int, std::string> migrate_directory(const std::string& data_directory);

}  // namespace parcelwake::server
