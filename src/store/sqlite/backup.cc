#include "store/sqlite/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/running_digest.h"
#include "store/sqlite/backup_manifest.h"
#include "store/sqlite/durable_files.h"
#include "store/sqlite/file_identity.h"
#include "store/sqlite/migrate.h"

namespace parcelwake::store {
namespace {

constexpr int kPagesAStep = 256;
constexpr int kInstructionsAPause = 200'000;  // of SQLite's machine, while it checks
constexpr std::size_t kBlock = std::size_t{1} << 20;

using Done = Result<void, std::string>;

// Removes what a failed attempt leaves, unless it is kept.
class Leftovers {
 public:
  void add(const std::string& file) { files_.push_back(file); }
  void keep() { files_.clear(); }
  ~Leftovers() {
    for (const std::string& file : files_) {
      for (const char* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((file + ending).c_str());
    }
  }

 private:
  std::vector<std::string> files_;
};

struct Raw {
  ~Raw() { sqlite3_close_v2(handle); }
  sqlite3* handle = nullptr;
};

Done open_raw(Raw& raw, const std::string& file, int flags) {
  const int code = sqlite3_open_v2(file.c_str(), &raw.handle, flags, nullptr);
  if (code != SQLITE_OK) return fail(fmt::format("cannot open {}: {}", file, sqlite3_errstr(code)));
  return {};
}

Done run(const Raw& raw, const char* sql, const std::string& file) {
  if (sqlite3_exec(raw.handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return fail(fmt::format("cannot write {}: {}", file, sqlite3_errmsg(raw.handle)));
}

// A path as it stands in a URI.
std::string escaped(const std::string& path) {
  std::string text;
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      text += fmt::format("%{:02x}", static_cast<unsigned>(c));
    } else {
      text.push_back(c);
    }
  }
  return text;
}

// The first column of the first row, as text; nothing when there is no row.
Result<std::optional<std::string>, std::string> first_value(const Raw& raw, const char* sql, const std::string& file) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(raw.handle, sql, -1, &statement, nullptr);
  std::optional<std::string> value;
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    value = text == nullptr ? "" : text;
  }
  sqlite3_finalize(statement);
  if (code == SQLITE_ROW || code == SQLITE_DONE) return value;
  return fail(fmt::format("cannot read {}: {}", file, sqlite3_errmsg(raw.handle)));
}

Result<std::int64_t, std::string> first_number(const Raw& raw, const char* sql, const std::string& file) {
  auto value = first_value(raw, sql, file);
  if (!value) return fail(value.error());
  return std::atoll(value->value_or("0").c_str());
}

// Copies page by page within the source's one read transaction: without it every write of another process would make
// the copy begin anew.
Done copy_pages(SqliteDatabase& source, const std::string& to, const BackupPause& pause) {
  Raw target;
  if (auto opened = open_raw(target, to, SQLITE_OPEN_READWRITE); !opened) return opened;
  if (auto set = run(target, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", to); !set) return set;
  sqlite3_backup* const backup = sqlite3_backup_init(target.handle, "main", source.handle(), "main");
  if (backup == nullptr) return fail(fmt::format("cannot write {}: {}", to, sqlite3_errmsg(target.handle)));
  int code = SQLITE_OK;
  bool goes_on = true;
  while (code == SQLITE_OK && goes_on) {
    code = sqlite3_backup_step(backup, kPagesAStep);
    if (code == SQLITE_OK) goes_on = pause();
  }
  sqlite3_backup_finish(backup);
  if (!goes_on) return fail(std::string("the backup was given up"));
  if (code != SQLITE_DONE) return fail(fmt::format("cannot copy to {}: {}", to, sqlite3_errstr(code)));
  return {};
}

Done copy_snapshot(const SqliteOptions& options, const std::string& to, const BackupPause& pause) {
  auto source = open_known(options, SqliteAccess::Read);
  if (!source) return fail(source.error().detail);
  if (!(*source)->execute("BEGIN; SELECT count(*) FROM sqlite_schema")) {
    return fail("cannot read the database " + options.path);
  }
  auto copied = copy_pages(**source, to, pause);
  (void)(*source)->execute("ROLLBACK");
  return copied;
}

int pause_within(void* pause) { return (*static_cast<const BackupPause*>(pause))() ? 0 : 1; }

Done check_pages(const Raw& raw, const std::string& file, const BackupPause& pause) {
  sqlite3_progress_handler(raw.handle, kInstructionsAPause, pause_within, const_cast<BackupPause*>(&pause));
  const auto said = first_value(raw, "PRAGMA integrity_check", file);
  sqlite3_progress_handler(raw.handle, 0, nullptr, nullptr);
  if (!said) return fail(said.error());
  if (*said != "ok") return fail(fmt::format("{} is damaged: {}", file, said->value_or("")));
  return {};
}

Result<std::pair<std::string, std::int64_t>, std::string> digest_of(const std::string& file, const BackupPause& pause) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail("cannot read " + file);
  RunningDigest digest;
  std::int64_t bytes = 0;
  std::vector<char> block(kBlock);
  while (stream.read(block.data(), kBlock) || stream.gcount() > 0) {
    digest.add({block.data(), static_cast<std::size_t>(stream.gcount())});
    bytes += stream.gcount();
    if (!pause()) return fail(std::string("the backup was given up"));
  }
  if (stream.bad()) return fail("cannot read " + file);
  return std::pair{digest.hex(), bytes};
}

// Makes one whole file of a copy, and says what is in it.
Result<BackupManifest, std::string> finish_copy(const std::string& file, Timestamp now, const BackupPause& pause) {
  BackupManifest manifest{.taken_at = now};
  {
    Raw raw;
    if (auto opened = open_raw(raw, file, SQLITE_OPEN_READWRITE); !opened) return fail(opened.error());
    if (auto whole = run(raw, "PRAGMA journal_mode = DELETE", file); !whole) return fail(whole.error());
    if (auto checked = check_pages(raw, file, pause); !checked) return fail(checked.error());
    const auto schema = first_number(raw, "PRAGMA user_version", file);
    const auto trackings = first_number(raw, "SELECT count(*) FROM tracking WHERE deleted = 0", file);
    const auto accounts = first_number(raw, "SELECT count(*) FROM account", file);
    if (!schema || !trackings || !accounts) return fail(file + " holds no trackings and accounts");
    manifest.schema = static_cast<int>(*schema);
    manifest.trackings = *trackings;
    manifest.accounts = *accounts;
  }
  auto digest = digest_of(file, pause);
  if (!digest) return fail(digest.error());
  std::tie(manifest.sha256, manifest.bytes) = *std::move(digest);
  if (auto synced = sync_file(file); !synced) return fail(synced.error());
  return manifest;
}

Done write_manifest(const BackupManifest& manifest, const std::string& file) {
  ::unlink(file.c_str());  // of a backup that is gone
  if (auto made = make_file(file); !made) return made;
  {
    std::ofstream stream(file, std::ios::trunc);
    stream << manifest_text(manifest);
    if (!stream.flush()) return fail("cannot write " + file);
  }
  return sync_file(file);
}

Result<std::optional<BackupManifest>, std::string> read_manifest(const std::string& backup_file) {
  std::ifstream stream(manifest_file(backup_file));
  if (!stream) return std::optional<BackupManifest>{};
  std::stringstream text;
  text << stream.rdbuf();
  auto manifest = parse_manifest(text.str());
  if (!manifest) return fail(manifest_file(backup_file) + " is no manifest of a backup");
  return manifest;
}

}  // namespace

std::string manifest_file(const std::string& backup_file) { return backup_file + ".manifest"; }

Result<BackupManifest, std::string> back_up(const SqliteOptions& source, const std::string& file, Timestamp now,
                                            const BackupPause& pause) {
  const auto there = fmt::format("{} is there already; a backup never overwrites a file", file);
  if (std::filesystem::exists(file)) return fail(there);
  const std::string partial = file + ".partial";
  if (std::filesystem::exists(partial)) {
    return fail(partial + " is there already: another backup is being made, or one was cut off; then remove it");
  }
  if (auto made = make_file(partial); !made) return fail(made.error());
  Leftovers leftovers;
  leftovers.add(partial);
  if (auto copied = copy_snapshot(source, partial, pause); !copied) return fail(copied.error());
  auto manifest = finish_copy(partial, now, pause);
  if (!manifest) return manifest;
  leftovers.add(manifest_file(file));
  if (auto written = write_manifest(*manifest, manifest_file(file)); !written) return fail(written.error());
  if (auto named = rename_anew(partial, file); !named) return fail(named.error());
  leftovers.keep();
  return manifest;
}

Result<std::optional<BackupManifest>, std::string> check_backup(const std::string& file, const BackupPause& pause) {
  const std::string mistake = "cannot restore " + file + ": ";
  if (!std::filesystem::is_regular_file(file)) return fail(mistake + "there is no such file");
  auto manifest = read_manifest(file);
  if (!manifest) return manifest;
  if (*manifest) {
    const auto digest = digest_of(file, pause);
    if (!digest) return fail(digest.error());
    if (digest->second != (*manifest)->bytes || digest->first != (*manifest)->sha256) {
      return fail(mistake + "it is not what its manifest describes; it was changed, or not copied whole");
    }
  }
  Raw raw;
  // Immutable: nothing is written beside it.
  const std::string name = "file:" + escaped(std::filesystem::absolute(file).string()) + "?immutable=1";
  if (auto opened = open_raw(raw, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI); !opened) return fail(opened.error());
  if (auto checked = check_pages(raw, file, pause); !checked) return fail(mistake + checked.error());
  const auto id = first_number(raw, "PRAGMA application_id", file);
  const auto version = first_number(raw, "PRAGMA user_version", file);
  if (!id || !version) return fail(mistake + "it cannot be read");
  const auto known = check_identity(static_cast<int>(*id), static_cast<int>(*version));
  if (!known) return fail(mistake + known.error());
  const auto trackings = first_number(raw, "SELECT count(*) FROM tracking WHERE deleted = 0", file);
  if (!trackings) return fail(mistake + "it is no database of Parcelwake");
  if (*manifest && *trackings != (*manifest)->trackings) return fail(mistake + "it holds less than its manifest says");
  return manifest;
}

}  // namespace parcelwake::store
