#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "base/time.h"
#include "ports/tracking_store.h"

namespace parcelwake::api {

// What the text of a tracking in an answer depends on, beside the time of day.
struct RowForm {
  domain::AccountId account;
  const void* dialect = nullptr;  // by its address: one that lives as long as the rows
  UtcOffset time_zone;

  bool operator==(const RowForm&) const = default;
};

// The rows of answers as they were last written, each a tracking, so that what is read again is copied and only what
// has changed is read and written anew. Programs read the same pages and the same parcels over and over.
//
// The texts lie in a ring of `bytes`; the oldest give way. Memory is taken as it fills. Nothing has to be told of
// changes: a row's state says whether its text is still true. Not safe for use from two threads.
class WrittenRows {
 public:
  // 0: keeps nothing.
  explicit WrittenRows(std::size_t bytes);

  // The text of a row in this state, where it is kept and true at `now`; empty otherwise. Good until the next keep().
  std::string_view find(const RowForm& form, const ports::RowState& state, Timestamp now) const;

  // Keeps a copy of `text`, which is true from `written_at` to `true_until`, both included.
  void keep(const RowForm& form, const ports::RowState& state, std::string_view text, Timestamp written_at,
            Timestamp true_until);

 private:
  struct Entry {
    RowForm form;
    ports::RowState state;
    Timestamp written_at{};
    Timestamp true_until{};
    std::uint64_t place = 0;  // in all that was ever kept
    std::uint32_t size = 0;   // 0: no entry
  };

  std::size_t first_of_set(const RowForm& form, const ports::RowState& state) const;
  bool lives(const Entry& entry) const { return entry.size != 0 && entry.place + bytes_ >= end_; }
  Entry& entry_for(const RowForm& form, const ports::RowState& state);

  const std::size_t bytes_;
  std::unique_ptr<char[]> ring_;
  std::uint64_t end_ = 0;       // of all that was ever kept; its place in the ring is the remainder
  std::vector<Entry> entries_;  // in sets of kWays
};

}  // namespace parcelwake::api
