#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ports/remote_area_store.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// How lists of remote areas are written beside those that are read: each list as an edition of its own, which nobody
// sees until it is published. Every call here is one short transaction. What a process that died has left behind is
// removed like any other edition, once another one of its carrier is begun.
class RemoteAreaEditions {
 public:
  using Edition = std::int64_t;

  explicit RemoteAreaEditions(SqliteDatabase& database);

  // An edition for each list, without its places. What others are writing for the same carriers is given up: the latest
  // wins, and they are told at their next write.
  Result<std::vector<Edition>, ports::StoreError> begin(std::span<const domain::RemoteAreaList> lists);

  // Adds places to an edition that is being written; Busy when it was given up.
  Result<void, ports::StoreError> add(Edition edition, std::span<const domain::PostcodeRange> ranges);
  Result<void, ports::StoreError> add(Edition edition, std::span<const domain::RemoteCity> cities);

  // Puts them, each, in the place of their carrier's list, all at once; Busy, and nothing done, when one was given up.
  Result<void, ports::StoreError> publish(std::span<const Edition> editions);

  Result<void, ports::StoreError> give_up(std::span<const Edition> editions);

  // Removes some thousand places of editions that were replaced or given up. False: there are none left.
  Result<bool, ports::StoreError> remove_some();

 private:
  using Deed = std::function<Result<void, ports::StoreError>()>;

  Result<void, ports::StoreError> in_transaction(const Deed& deed);
  Result<Edition, ports::StoreError> begin_one(const domain::RemoteAreaList& list);
  Result<void, ports::StoreError> expect_open(Edition edition);
  Result<std::int64_t, ports::StoreError> change(Statement& statement, Edition edition);
  Result<std::optional<Edition>, ports::StoreError> removable();

  SqliteDatabase& database_;
  Statement withdraw_;
  Statement begin_;
  Statement add_length_;
  Statement is_open_;
  Statement add_range_;
  Statement add_city_;
  Statement retire_;
  Statement publish_;
  Statement give_up_;
  Statement removable_;
  Statement remove_ranges_;
  Statement remove_cities_;
  Statement remove_lengths_;
  Statement remove_edition_;
};

}  // namespace parcelwake::store
