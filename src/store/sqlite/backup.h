#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {

// What is written beside a backup, into FILE.manifest, and held against it later.
struct BackupManifest {
  Timestamp taken_at{};  // all that was acknowledged before is in it
  int schema = 0;
  std::int64_t bytes = 0;
  std::string sha256{};  // of the file, in hex
  std::int64_t trackings = 0;
  std::int64_t accounts = 0;
};

// Is asked after each megabyte or so of work; it may sleep, so that others get the disk meanwhile. False: give up.
using BackupPause = std::function<bool()>;

// Copies the database into a new file `file`, as it was at one moment after the call, while others go on writing. The
// copy is one file without a log, checked by SQLite and readable for its owner alone; with its manifest beside it it
// appears under its name when all of that is done, and nothing is left of a failed attempt. An existing `file` is never
// overwritten. The error is a sentence for a person.
//
// The source's log cannot begin anew while its pages are being copied, so it grows with what is written meanwhile.
Result<BackupManifest, std::string> back_up(const SqliteOptions& source, const std::string& file, Timestamp now,
                                            const BackupPause& pause);

// Holds a backup against its manifest and has SQLite check it. Without a manifest only the latter is done, and nothing
// comes back. The file stays as it is. The error is a sentence for a person: what is wrong, or that it is no backup.
Result<std::optional<BackupManifest>, std::string> check_backup(const std::string& file, const BackupPause& pause);

std::string manifest_file(const std::string& backup_file);

}  // namespace parcelwake::store
