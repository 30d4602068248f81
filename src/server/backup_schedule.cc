#include "server/backup_schedule.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/observe/log.h"
#include "server/backup.h"

namespace parcelwake::server {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestPause = std::chrono::hours{1};
constexpr milliseconds kPauseAfterFailure = std::chrono::minutes{10};

}  // namespace

std::string backup_name(Timestamp taken_at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(taken_at);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(seconds - day);
  return fmt::format("parcelwake-{:04}{:02}{:02}T{:02}{:02}{:02}Z.db", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::optional<Timestamp> time_of_backup_name(const std::string& name) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  const int found =
      std::sscanf(name.c_str(), "parcelwake-%4d%2u%2uT%2d%2d%2dZ.db", &year, &month, &day, &hour, &minute, &second);
  if (found != 6) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  const Timestamp time = std::chrono::sys_days(date) + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                         std::chrono::seconds{second};
  if (backup_name(time) != name) return std::nullopt;
  return time;
}

BackupSchedule::BackupSchedule(BackupPlan plan, store::SqliteOptions source, ports::Clock& clock)
    : plan_(std::move(plan)), source_(std::move(source)), clock_(clock) {}

std::vector<std::string> BackupSchedule::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator(plan_.folder, error); !error && entry != end(entry);
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (time_of_backup_name(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());  // which is by time
  return names;
}

milliseconds BackupSchedule::pass() {
  const Timestamp now = clock_.now();
  const auto there = names();
  if (!there.empty()) {
    const milliseconds left = *time_of_backup_name(there.back()) + plan_.every - now;
    if (left.count() > 0) return std::min(left, kLongestPause);
  }
  return make_one(now);
}

milliseconds BackupSchedule::make_one(Timestamp now) {
  std::error_code error;
  std::filesystem::create_directories(plan_.folder, error);
  const std::string file = plan_.folder + "/" + backup_name(now);
  const auto made = store::back_up(source_, file, now, unhurried(stopping_));
  if (!made) {
    if (!stopping_) log::error("backup", "{}", made.error());
    return kPauseAfterFailure;
  }
  log::info("backup", "{} holds {} trackings in {} bytes", file, made->trackings, made->bytes);
  remove_surplus();
  return std::min<milliseconds>(plan_.every, kLongestPause);
}

void BackupSchedule::remove_surplus() const {
  const auto there = names();
  std::error_code error;
  for (std::size_t i = 0; i + plan_.keep < there.size(); ++i) {
    const std::string file = plan_.folder + "/" + there[i];
    std::filesystem::remove(file, error);
    std::filesystem::remove(store::manifest_file(file), error);
  }
}

}  // namespace parcelwake::server
