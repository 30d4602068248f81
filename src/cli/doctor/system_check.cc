#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timex.h>

#include "cli/doctor/checks.h"

namespace parcelwake::cli {
namespace {

constexpr std::int64_t kThisProgramIsYounger = 1'767'225'600;  // 2026-01-01
constexpr std::int64_t kTolerance_s = 300;
constexpr rlim_t kFewFiles = 16'384;

// When the database was last written; 0: never.
std::int64_t last_written(const std::string& data_directory) {
  std::int64_t last = 0;
  for (const char* name : {"/parcelwake.db", "/parcelwake.db-wal"}) {
    struct stat file {};
    if (::stat((data_directory + name).c_str(), &file) == 0) last = std::max<std::int64_t>(last, file.st_mtim.tv_sec);
  }
  return last;
}

Finding check_clock(Timestamp now, const std::string& data_directory) {
  const std::string text = "it is " + to_iso(now, UtcOffset{});
  const char* advice = "set the clock, and let systemd-timesyncd or chrony keep it";
  if (unix_seconds(now) < kThisProgramIsYounger) {
    return {Grade::Problem, "clock", text + ", says the clock: before this program was made", advice};
  }
  if (last_written(data_directory) > unix_seconds(now) + kTolerance_s) {
    return {Grade::Problem, "clock", text + ", says the clock: before the last change of the database", advice};
  }
  timex state{};
  if (::adjtimex(&state) == TIME_ERROR) return {Grade::Warning, "clock", text + ", and nothing keeps it so", advice};
  return {Grade::Ok, "clock", text, ""};
}

Finding check_zones() {
  if (is_known_zone("Europe/Berlin") && is_known_zone("Asia/Shanghai") && is_known_zone("America/New_York")) {
    return {Grade::Ok, "time zones", "the tz database is there", ""};
  }
  return {Grade::Problem, "time zones",
          "the tz database is missing or incomplete: carriers' local times keep no offset", "apt install tzdata"};
}

Finding check_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max == RLIM_INFINITY) {
    return {Grade::Ok, "open files", "no limit", ""};
  }
  const std::string text = fmt::format("{} at most", limit.rlim_max);
  if (limit.rlim_max >= kFewFiles) return {Grade::Ok, "open files", text, ""};
  return {Grade::Warning, "open files", text + ": clients and carriers each cost one",
          "raise it: LimitNOFILE= in the unit, or ulimit -Hn"};
}

}  // namespace

Findings check_system(Timestamp now, const std::string& data_directory) {
  return {check_clock(now, data_directory), check_zones(), check_open_files()};
}

}  // namespace parcelwake::cli
