#pragma once

#include <optional>
#include <utility>

#include "api/common/written_rows.h"
#include "domain/tracking/tracking.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// The rows of one answer on their way into it: copied where they are kept, written and then kept where not.
class AnswerRows {
 public:
  AnswerRows(wire::json::Writer& writer, WrittenRows& kept, const RowForm& form, Timestamp now)
      : writer_(writer), kept_(kept), form_(form), now_(now) {}

  // Writes the row in this state if it is kept, and says whether it was.
  bool copy(const ports::RowState& state);

  // Has `write` write the tracking that copy() did not have.
  template <class Write>
  void write(const domain::Tracking& tracking, Write write) {
    const std::size_t begin = writer_.mark();
    write(writer_);
    if (const auto state = std::exchange(state_, std::nullopt)) keep(tracking, *state, writer_.since(begin));
  }

 private:
  void keep(const domain::Tracking& tracking, const ports::RowState& state, std::string_view text);

  wire::json::Writer& writer_;
  WrittenRows& kept_;
  const RowForm form_;
  const Timestamp now_;
  std::optional<ports::RowState> state_;  // of the row that is written next; nothing where the store did not tell
};

}  // namespace parcelwake::api
