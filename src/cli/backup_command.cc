#include <iostream>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "server/backup.h"
#include "server/system.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

struct BackupOptions {
  std::string data = kDefaultDataDirectory;
  std::string file;
  bool force = false;
  bool json = false;
};

void print_manifest(const store::BackupManifest& manifest, const BackupOptions& options) {
  if (!options.json) {
    std::cout << options.file << ": " << manifest.trackings << " trackings of " << manifest.accounts
              << " accounts, as of " << to_iso(manifest.taken_at, UtcOffset{}) << "; " << manifest.bytes
              << " bytes, schema " << manifest.schema << '\n';
    return;
  }
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object().field("file", options.file).field("taken_at", to_iso(manifest.taken_at, UtcOffset{}));
  writer.field("trackings", manifest.trackings).field("accounts", manifest.accounts).field("bytes", manifest.bytes);
  writer.field("schema", std::int64_t{manifest.schema}).field("sha256", manifest.sha256).end_object();
  std::cout << line << '\n';
}

int back_up(const BackupOptions& options) {
  server::SystemClock clock;
  const auto made = server::back_up_directory(options.data, options.file, clock);
  if (!made) return refuse(made.error());
  print_manifest(*made, options);
  return kDone;
}

int restore(const BackupOptions& options) {
  const auto restored = server::restore_directory(options.file, options.data, options.force);
  if (!restored) return refuse(restored.error());
  if (!restored->manifest) {
    std::cerr << "parcelwake: " << store::manifest_file(options.file)
              << " is not there: the backup could not be held against it, only SQLite has checked it\n";
  }
  std::cout << options.file << " is restored into " << options.data;
  if (restored->migrations > 0) std::cout << ", after " << restored->migrations << " migrations";
  std::cout << '\n';
  if (!restored->replaced.empty()) std::cout << "what was there is kept as " << restored->replaced << '\n';
  return kDone;
}

int migrate(const BackupOptions& options) {
  const auto migrations = server::migrate_directory(options.data);
  if (!migrations) return refuse(migrations.error());
  if (*migrations == 0) {
    std::cout << options.data << " is up to date\n";
  } else {
    std::cout << options.data << " is up to date after " << *migrations << " migrations\n";
  }
  return kDone;
}

}  // namespace

void add_backup_commands(const Command& program, int& exit_code) {
  auto options = std::make_shared<BackupOptions>();
  const auto add = [&](const char* name, const char* about, int (*deed)(const BackupOptions&)) {
    const Command command = program.subcommand(name, about);
    command.option("--data", options->data, "Data directory").shows_default();
    command.does([options, deed, &exit_code] { exit_code = deed(*options); });
    return command;
  };
  const Command backup = add("backup", "Copy the database into a new file, also while a server runs on it", back_up);
  backup.option("file", options->file, "The file to make; FILE.manifest is made beside it").required();
  backup.flag("--json", options->json, "Print JSON");
  const Command restored = add("restore", "Put a backup into a data directory that nobody serves", restore);
  restored.option("file", options->file, "The backup; it stays as it is").required();
  restored.flag("--force", options->force, "Also where there is a database already, which is kept under another name");
  add("migrate", "Bring the database of a directory that nobody serves to this program's schema", migrate);
}

}  // namespace parcelwake::cli
