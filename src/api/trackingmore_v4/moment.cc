#include "api/trackingmore_v4/moment.h"

#include "api/common/fields.h"
#include "base/ascii.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using std::chrono::milliseconds;

// Takes what a text is made of off its front, piece by piece.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : left_(text) {}

  // Exactly `digits` digits.
  std::optional<int> number(std::size_t digits) {
    if (left_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!ascii::is_digit(left_[i])) return std::nullopt;
      value = value * 10 + (left_[i] - '0');
    }
    left_.remove_prefix(digits);
    return value;
  }
  bool any_of(std::string_view characters) {
    if (left_.empty() || characters.find(left_.front()) == std::string_view::npos) return false;
    left_.remove_prefix(1);
    return true;
  }
  void skip_digits() {
    while (!left_.empty() && ascii::is_digit(left_.front())) left_.remove_prefix(1);
  }
  std::string_view rest() const { return left_; }

 private:
  std::string_view left_;
};

std::optional<std::chrono::local_days> read_date(Cursor& at) {
  const auto year = at.number(4);
  const bool first = at.any_of("-/");
  const auto month = at.number(2);
  const bool second = at.any_of("-/");
  const auto day = at.number(2);
  if (!year || !first || !month || !second || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::local_days{date};
}

struct TimeOfDay {
  milliseconds since_midnight{};
  milliseconds length{};
};

std::optional<TimeOfDay> read_time(Cursor& at) {
  const auto hour = at.number(2);
  const bool colon = at.any_of(":");
  const auto minute = at.number(2);
  if (!hour || !colon || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  TimeOfDay time{.since_midnight = std::chrono::hours{*hour} + std::chrono::minutes{*minute},
                 .length = std::chrono::minutes{1}};
  if (!at.any_of(":")) return time;
  const auto second = at.number(2);
  if (!second || *second > 59) return std::nullopt;
  if (at.any_of(".")) at.skip_digits();
  time.since_midnight += std::chrono::seconds{*second};
  time.length = std::chrono::seconds{1};
  return time;
}

std::optional<UtcOffset> read_offset(std::string_view text, UtcOffset zone) {
  if (text.empty()) return zone;
  if (text.front() != ' ') return parse_utc_offset(text);
  return parse_utc_offset("+" + std::string(text.substr(1)));
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text, UtcOffset zone) {
  text = ascii::trimmed(text);
  constexpr std::int64_t kYear2000 = 946684800;
  constexpr std::int64_t kYear9999 = 253402300799;
  if (const auto seconds = parse_integer(text); seconds && *seconds >= kYear2000 && *seconds <= kYear9999) {
    return Moment{.begin = from_unix_seconds(*seconds), .length = std::chrono::seconds{1}};
  }
  Cursor at(text);
  const auto date = read_date(at);
  if (!date) return std::nullopt;
  if (at.rest().empty()) return Moment{.begin = to_instant(WallTime{*date}, zone), .length = std::chrono::days{1}};
  if (!at.any_of("Tt ")) return std::nullopt;
  const auto time = read_time(at);
  if (!time) return std::nullopt;
  const auto offset = read_offset(at.rest(), zone);
  if (!offset) return std::nullopt;
  return Moment{.begin = to_instant(WallTime{*date} + time->since_midnight, *offset), .length = time->length};
}

}  // namespace parcelwake::api::trackingmore_v4
