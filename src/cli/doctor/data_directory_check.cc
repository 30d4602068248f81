#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/doctor/checks.h"
#include "server/data_directory.h"
#include "store/sqlite/inspect.h"
#include "store/sqlite/migrate.h"

namespace parcelwake::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSubject = "data directory";
constexpr std::uint64_t kMebibyte = 1 << 20;
constexpr std::uint64_t kTightBytes = 1024 * kMebibyte;
constexpr std::uint64_t kFullBytes = 64 * kMebibyte;

// File systems where a database does not belong, by the numbers of statfs(2).
struct FileSystemKind {
  std::int64_t type;
  Grade grade;
  const char* name;
  const char* advice;
};
constexpr const char* kNetworkAdvice =
    "put the data directory on a local disk: locks and shared memory do not hold here";
constexpr std::array kUnfit = {
    FileSystemKind{0x6969, Grade::Problem, "NFS", kNetworkAdvice},
    FileSystemKind{0x517B, Grade::Problem, "SMB", kNetworkAdvice},
    FileSystemKind{0xFE534D42, Grade::Problem, "SMB", kNetworkAdvice},
    FileSystemKind{0xFF534D42, Grade::Problem, "CIFS", kNetworkAdvice},
    FileSystemKind{0x01021994, Grade::Warning, "tmpfs", "all is gone when the machine restarts; choose a disk"},
    FileSystemKind{0x65735546, Grade::Warning, "FUSE", "make sure that it keeps what is synced, or choose a disk"},
};

std::string user_name(uid_t uid) {
  const passwd* entry = ::getpwuid(uid);
  return entry == nullptr ? std::to_string(uid) : entry->pw_name;
}

void check_owner(const std::string& path, const struct stat& directory, Findings& findings) {
  if (directory.st_uid != ::geteuid() && ::geteuid() != 0) {
    findings.push_back(
        {Grade::Problem, kSubject,
         fmt::format("{} belongs to {}, this runs as {}", path, user_name(directory.st_uid), user_name(::geteuid())),
         "run as that user, e.g. sudo -u " + user_name(directory.st_uid) + " parcelwake doctor …"});
  }
  std::error_code error;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    struct stat file {};
    if (::lstat(at->path().c_str(), &file) != 0) continue;
    if (file.st_uid != directory.st_uid) {
      findings.push_back({Grade::Problem, kSubject,
                          fmt::format("{} belongs to {}, the directory to {}", at->path().string(),
                                      user_name(file.st_uid), user_name(directory.st_uid)),
                          fmt::format("chown {} {}", user_name(directory.st_uid), at->path().string())});
    } else if (S_ISREG(file.st_mode) && (file.st_mode & 077) != 0) {
      findings.push_back({Grade::Warning, kSubject,
                          fmt::format("{} can be used by others (mode {:o})", at->path().string(), file.st_mode & 0777),
                          "chmod 600 " + at->path().string()});
    }
  }
  if ((directory.st_mode & 077) != 0) {
    findings.push_back({Grade::Warning, kSubject,
                        fmt::format("{} is open to others (mode {:o})", path, directory.st_mode & 0777),
                        "chmod 700 " + path});
  }
}

void check_space(const std::string& path, Findings& findings) {
  struct statvfs space {};
  if (::statvfs(path.c_str(), &space) != 0) return;
  const std::uint64_t free_bytes = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
  const std::string text = fmt::format("{} MiB free", free_bytes / kMebibyte);
  const char* advice = "make room: nothing can be written on a full disk, and requests that write are answered 5xx";
  if (free_bytes < kFullBytes) {
    findings.push_back({Grade::Problem, "free space", text, advice});
  } else if (free_bytes < kTightBytes) {
    findings.push_back({Grade::Warning, "free space", text, advice});
  } else {
    findings.push_back({Grade::Ok, "free space", text, ""});
  }
}

void check_file_system(const std::string& path, Findings& findings) {
  struct statfs system {};
  if (::statfs(path.c_str(), &system) != 0) return;
  for (const FileSystemKind& kind : kUnfit) {
    if (static_cast<std::int64_t>(static_cast<std::uint32_t>(system.f_type)) != kind.type) continue;
    findings.push_back({kind.grade, "file system", path + " is on " + kind.name, kind.advice});
  }
}

void check_database(const std::string& path, Findings& findings) {
  store::SqliteOptions options;
  options.path = path + "/parcelwake.db";
  std::error_code error;
  if (!fs::exists(options.path, error)) {
    findings.push_back({Grade::Ok, "database", "there is none yet; 'parcelwake serve' makes it", ""});
    return;
  }
  const auto state = store::inspect(options);
  if (!state) {
    findings.push_back({Grade::Problem, "database", state.error().detail, "restore it from a backup if it is damaged"});
    return;
  }
  for (const std::string& line : state->damage) {
    findings.push_back({Grade::Problem, "database", "damaged: " + line, "stop the server and restore a backup"});
  }
  const int wanted = store::schema_version();
  const std::string version = fmt::format("schema {}", state->schema_version);
  if (state->schema_version > wanted) {
    findings.push_back({Grade::Problem, "database", fmt::format("{}, this program knows up to {}", version, wanted),
                        "use the program that wrote it, or a newer one"});
  } else if (state->schema_version < wanted) {
    findings.push_back({Grade::Warning, "database", fmt::format("{}, this program writes {}", version, wanted),
                        "the next start of 'parcelwake serve' brings it there; take a backup first"});
  } else if (state->damage.empty()) {
    findings.push_back({Grade::Ok, "database", "sound, " + version, ""});
  }
}

}  // namespace

Findings check_data_directory(const std::string& path) {
  Findings findings;
  struct stat directory {};
  if (::stat(path.c_str(), &directory) != 0) {
    const bool absent = errno == ENOENT;
    findings.push_back(
        {absent ? Grade::Warning : Grade::Problem, kSubject, fmt::format("{}: {}", path, std::strerror(errno)),
         absent ? "'parcelwake serve' makes it; name another with --data" : "run as the user that owns it"});
    return findings;
  }
  if (!S_ISDIR(directory.st_mode)) {
    findings.push_back({Grade::Problem, kSubject, path + " is no directory", "name another with --data"});
    return findings;
  }
  check_owner(path, directory, findings);
  if (findings.empty()) {
    const bool served = server::is_served(path);
    findings.push_back({Grade::Ok, kSubject,
                        fmt::format("{}, of {}, {}", path, user_name(directory.st_uid),
                                    served ? "served at present" : "not served at present"),
                        ""});
  }
  check_file_system(path, findings);
  check_space(path, findings);
  check_database(path, findings);
  return findings;
}

}  // namespace parcelwake::cli
