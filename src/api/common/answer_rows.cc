#include "api/common/answer_rows.h"

#include "domain/tracking/judgement.h"

namespace parcelwake::api {

bool AnswerRows::copy(const ports::RowState& state) {
  state_ = state;
  const std::string_view text = kept_.find(form_, state, now_);
  if (text.empty()) return false;
  writer_.raw(text);
  return true;
}

void AnswerRows::keep(const domain::Tracking& tracking, const ports::RowState& state, std::string_view text) {
  // Nothing in a row changes by itself but the days that it counts, while its carrier is asked.
  Timestamp until = Timestamp::max();
  if (tracking.asked()) {
    const WallTime now = to_wall(now_, form_.time_zone);
    const WallTime changed_after = domain::day_counts_hold_until(tracking, now);
    if (changed_after != WallTime::max()) until = now_ + (changed_after - now);
  }
  kept_.keep(form_, state, text, now_, until);
}

}  // namespace parcelwake::api
