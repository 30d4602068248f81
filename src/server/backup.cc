#include "server/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <thread>

#include "server/data_directory.h"
#include "store/sqlite/durable_files.h"
#include "store/sqlite/migrate.h"

namespace parcelwake::server {
namespace {

constexpr std::chrono::milliseconds kLongestRest{250};

const std::atomic<bool> kNeverStopping{false};

// Opening makes a directory; where there must be one already that would hide a mistyped name.
Result<DataDirectory, std::string> open_existing(const std::string& path) {
  if (!std::filesystem::exists(path + "/parcelwake.db")) {
    return fail(path + " holds no database; name a data directory with --data");
  }
  return DataDirectory::open(path);
}

void remove_log_of(const std::string& file) {
  for (const char* ending : {"-wal", "-shm", "-journal"}) ::unlink((file + ending).c_str());
}

bool has_log(const std::string& file) {
  std::error_code error;
  return std::filesystem::exists(file + "-wal", error);
}

// A copy of the backup beside the database, of this program's schema and without a log.
Result<int, std::string> prepare_copy(const std::string& backup, const std::string& copy) {
  ::unlink(copy.c_str());
  remove_log_of(copy);
  if (auto copied = store::copy_file_durably(backup, copy); !copied) return fail(copied.error());
  store::SqliteOptions options;
  options.path = copy;
  const auto migrated = store::migrate(options);
  if (!migrated) return fail(migrated.error().detail);
  if (has_log(copy)) return fail("the log of " + copy + " could not be moved into it");
  if (auto synced = store::sync_file(copy); !synced) return fail(synced.error());
  return *migrated;
}

// Moves a database's log into it, so that the file alone is all of it. Fails while somebody has it open.
Result<void, std::string> close_log_of(const std::string& file) {
  store::SqliteOptions options;
  options.path = file;
  options.busy_timeout = std::chrono::seconds{2};
  if (auto database = store::SqliteDatabase::open(options, store::SqliteAccess::Write)) {
    (void)(*database)->execute("PRAGMA journal_mode = DELETE");
  }
  if (has_log(file)) return fail(file + " cannot be replaced: another program has it open");
  return {};
}

std::string free_name(const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; std::filesystem::exists(name); ++i) name = fmt::format("{}.{}", wanted, i);
  return name;
}

Result<std::string, std::string> put_in_place(const std::string& copy, const std::string& file) {
  if (!std::filesystem::exists(file)) {
    remove_log_of(file);
    if (auto named = store::rename_anew(copy, file); !named) return fail(named.error());
    return std::string{};
  }
  if (auto closed = close_log_of(file); !closed) return fail(closed.error());
  remove_log_of(file);
  if (auto exchanged = store::exchange_names(copy, file); !exchanged) return fail(exchanged.error());
  const std::string kept = free_name(file + ".before-restore");
  if (auto named = store::rename_anew(copy, kept); !named) return fail(named.error());
  return kept;
}

}  // namespace

store::BackupPause unhurried(const std::atomic<bool>& stopping) {
  using Clock = std::chrono::steady_clock;
  const auto resumed = std::make_shared<Clock::time_point>(Clock::now());
  return [&stopping, resumed] {
    if (stopping) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>(Clock::now() - *resumed, kLongestRest));
    *resumed = Clock::now();
    return !stopping;
  };
}

Result<store::BackupManifest, std::string> back_up_directory(const std::string& data_directory, const std::string& file,
                                                             ports::Clock& clock) {
  const auto directory = open_existing(data_directory);
  if (!directory) return fail(directory.error());
  return store::back_up(directory->database(), file, clock.now(), unhurried(kNeverStopping));
}

Result<Restored, std::string> restore_directory(const std::string& file, const std::string& data_directory,
                                                bool force) {
  auto manifest = store::check_backup(file, [] { return true; });
  if (!manifest) return fail(manifest.error());
  const auto directory = DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  const auto lock = directory->lock_for_serving();
  if (!lock) return fail(lock.error());
  const std::string database = directory->database().path;
  if (std::filesystem::exists(database) && !force) {
    return fail(directory->path() + " holds a database already; --force puts the backup in its place and keeps it");
  }
  const std::string copy = database + ".restoring";
  const auto migrations = prepare_copy(file, copy);
  auto replaced =
      migrations ? put_in_place(copy, database) : Result<std::string, std::string>(fail(migrations.error()));
  if (!replaced) {
    ::unlink(copy.c_str());
    remove_log_of(copy);
    return fail(replaced.error());
  }
  directory->keep_note(kReachableCarriersNote, "");
  return Restored{.manifest = *std::move(manifest), .migrations = *migrations, .replaced = *std::move(replaced)};
}

Result<int, std::string> migrate_directory(const std::string& data_directory) {
  const auto directory = open_existing(data_directory);
  if (!directory) return fail(directory.error());
  const auto lock = directory->lock_for_serving();
  if (!lock) return fail(lock.error());
  const auto migrated = store::migrate(directory->database());
  if (!migrated) return fail(migrated.error().detail);
  return *migrated;
}

}  // namespace parcelwake::server
