#include "api/common/written_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace parcelwake::api {
namespace {

// A row may stand in any of so many entries: with sets of four, few are lost to one another before the ring is full.
constexpr std::size_t kWays = 4;
constexpr std::size_t kLeastRow = 1024;   // an entry for so many bytes
constexpr std::size_t kLargestShare = 8;  // no row takes a greater part of the ring

// The finalizer of MurmurHash3: rows are numbered one after the other, and all of them have to spread.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
  return value ^ (value >> 33);
}

}  // namespace

WrittenRows::WrittenRows(std::size_t bytes) : bytes_(bytes) {}

std::size_t WrittenRows::first_of_set(const RowForm& form, const ports::RowState& state) const {
  const auto row = static_cast<std::uint64_t>(state.row);
  const auto dialect = reinterpret_cast<std::uintptr_t>(form.dialect);
  const std::size_t sets = entries_.size() / kWays;
  return (mixed(row ^ std::rotl(dialect, 32)) & (sets - 1)) * kWays;
}

std::string_view WrittenRows::find(const RowForm& form, const ports::RowState& state, Timestamp now) const {
  if (entries_.empty()) return {};
  const Entry* const set = &entries_[first_of_set(form, state)];
  for (const Entry* entry = set; entry != set + kWays; ++entry) {
    if (entry->state != state || !(entry->form == form) || !lives(*entry)) continue;
    if (now < entry->written_at || now > entry->true_until) return {};
    return {ring_.get() + entry->place % bytes_, entry->size};
  }
  return {};
}

void WrittenRows::keep(const RowForm& form, const ports::RowState& state, std::string_view text, Timestamp written_at,
                       Timestamp true_until) {
  if (text.empty() || text.size() > bytes_ / kLargestShare) return;
  if (entries_.empty()) {
    ring_ = std::make_unique_for_overwrite<char[]>(bytes_);
    entries_.resize(std::bit_ceil(std::max<std::size_t>(bytes_ / (kLeastRow * kWays), 1)) * kWays);
  }
  const std::size_t left = bytes_ - end_ % bytes_;
  if (text.size() > left) end_ += left;  // a text lies in one piece
  std::memcpy(ring_.get() + end_ % bytes_, text.data(), text.size());
  entry_for(form, state) = {.form = form,
                            .state = state,
                            .written_at = written_at,
                            .true_until = true_until,
                            .place = end_,
                            .size = static_cast<std::uint32_t>(text.size())};
  end_ += text.size();
}

WrittenRows::Entry& WrittenRows::entry_for(const RowForm& form, const ports::RowState& state) {
  const auto set = entries_.begin() + static_cast<std::ptrdiff_t>(first_of_set(form, state));
  const auto same = std::find_if(
      set, set + kWays, [&](const Entry& entry) { return entry.form == form && entry.state.row == state.row; });
  if (same != set + kWays) return *same;
  return *std::min_element(set, set + kWays, [](const Entry& a, const Entry& b) { return a.place < b.place; });
}

}  // namespace parcelwake::api
