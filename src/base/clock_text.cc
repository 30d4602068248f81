#include "base/clock_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace parcelwake {
namespace {

// "00" to "99".
constexpr std::array<char, 200> make_pairs() {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}
constexpr std::array<char, 200> kPairs = make_pairs();

// Each writes at `to` and returns the place after it. `value`: 0 to 99.
char* put_pair(char* to, std::uint32_t value) {
  std::memcpy(to, kPairs.data() + std::size_t{2} * value, 2);
  return to + 2;
}
char* put(char* to, char c) {
  *to = c;
  return to + 1;
}

char* put_day(char* to, std::chrono::local_days day) {
  const std::chrono::year_month_day ymd{day};
  const auto year = static_cast<std::uint32_t>(std::clamp(static_cast<int>(ymd.year()), 0, 9999));
  to = put(put_pair(put_pair(to, year / 100), year % 100), '-');
  to = put(put_pair(to, static_cast<unsigned>(ymd.month())), '-');
  return put_pair(to, static_cast<unsigned>(ymd.day()));
}

}  // namespace

char* put_date(char* to, WallTime wall) { return put_day(to, std::chrono::floor<std::chrono::days>(wall)); }

char* put_date_minute(char* to, WallTime wall, char between) {
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const auto minutes = static_cast<std::uint32_t>(std::chrono::floor<std::chrono::minutes>(wall - day).count());
  to = put(put_day(to, day), between);
  return put_pair(put(put_pair(to, minutes / 60), ':'), minutes % 60);
}

char* put_date_second(char* to, WallTime wall, char between) {
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const auto seconds = static_cast<std::uint32_t>(std::chrono::floor<std::chrono::seconds>(wall - day).count());
  to = put(put_day(to, day), between);
  to = put(put_pair(to, seconds / 3600), ':');
  to = put(put_pair(to, seconds / 60 % 60), ':');
  return put_pair(to, seconds % 60);
}

char* put_iso(char* to, Timestamp instant, UtcOffset offset) {
  return put_offset(put_date_second(to, to_wall(instant, offset), 'T'), offset);
}

char* put_offset(char* to, UtcOffset offset) {
  const auto minutes = offset.east.count();
  const auto absolute = static_cast<std::uint32_t>(minutes < 0 ? -minutes : minutes);
  to = put_pair(put(to, minutes < 0 ? '-' : '+'), absolute / 60);
  return put_pair(put(to, ':'), absolute % 60);
}

}  // namespace parcelwake
