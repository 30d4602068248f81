#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// The trackings that one batch of commands works on, each once, however many commands name it: loaded together, changed
// in memory one command after the other, saved together. Deleted ones are not found.
template <class Key>
class WorkingSet {
 public:
  static Result<WorkingSet, ports::StoreError> load(ports::TrackingStore& store, std::span<const Key> keys) {
    auto found = store.load(keys);
    if (!found) return fail(found.error());
    WorkingSet working;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      auto& stored = (*found)[i];
      if (!stored || stored->deleted) continue;
      const auto [at, is_new] = working.entries_.try_emplace(keys[i]);
      if (!is_new) continue;
      at->second.before = std::make_unique<ports::StoredTracking>(*std::move(stored));
      at->second.change = {
          .before = at->second.before.get(), .after = *at->second.before, .schedule = {}, .unscheduled = false};
    }
    return working;
  }

  // nullptr: not there. The address stays while the set lives.
  ports::TrackingChange* find(const Key& key) {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.change;
  }

  // Marks what find() gave as changed.
  void touch(const Key& key) { entries_.at(key).touched = true; }

  // Takes out what was touched, to be saved while the set lives.
  std::vector<ports::TrackingChange> take_touched() {
    std::vector<ports::TrackingChange> changes;
    for (auto& [key, entry] : entries_) {
      if (entry.touched) changes.push_back(std::move(entry.change));
    }
    return changes;
  }

  // The schedules given to trackings that were not touched.
  std::vector<std::pair<Key, ports::Schedule>> untouched_schedules() const {
    std::vector<std::pair<Key, ports::Schedule>> schedules;
    for (const auto& [key, entry] : entries_) {
      if (!entry.touched && entry.change.schedule) schedules.emplace_back(key, *entry.change.schedule);
    }
    return schedules;
  }

 private:
  struct Entry {
    std::unique_ptr<ports::StoredTracking> before;
    ports::TrackingChange change;
    bool touched = false;
  };

  std::map<Key, Entry> entries_;
};

}  // namespace parcelwake::app
