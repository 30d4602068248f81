#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ports/tracking_store.h"
#include "store/sqlite/sqlite_database.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Where a tracking stands in its account's list: by created_at, then by seq.
struct ListPlace {
  Timestamp created_at{};
  std::int64_t seq = 0;

  auto operator<=>(const ListPlace&) const = default;
};

// A coarse ruler along each account's list, so that the row at any depth is found without passing over all before it.
//
// A fence counts the living trackings from its place up to the next fence. Their counts add up to the account's total,
// and no fence counts more than about `rows_per_fence`: those that grow past it are split. Inserting and deleting move
// one count; a change of status or of anything else moves none.
class Fences {
 public:
  // A page in the middle of a list passes over half the fences and half of what one of them counts: for a million
  // trackings the two are about alike.
  static constexpr std::int64_t kRowsPerFence = 1024;

  explicit Fences(SqliteDatabase& database, std::int64_t rows_per_fence = kRowsPerFence);

  // A tracking that joined (+1) or left (-1) its account's list.
  struct Move {
    domain::AccountId account;
    ListPlace place;
    std::int64_t by = 0;

    auto operator<=>(const Move&) const = default;
  };
  // Within the transaction that moved them, after it did.
  Result<void, ports::StoreError> note(std::vector<Move> moves);

  // How many trackings of the account were created at `from` or later.
  Result<std::int64_t, ports::StoreError> count_from(domain::AccountId account, Timestamp from);

  // How to walk to a page, whose newest row `depth` newer ones come before: from `from`, over `passed_over` rows.
  struct Way {
    bool from_older_end =
        false;  // from the row at `from` on, towards newer ones; else from the one before it, to older
    ListPlace from;
    std::int64_t passed_over = 0;
  };
  // The shorter way to a page of `rows` where one fence counts all of it. `total`: how many trackings the account has,
  // where the caller knows: the way along the fences then begins at the nearer end. The page is there.
  Result<Way, ports::StoreError> way_to(domain::AccountId account, std::int64_t depth, std::int64_t rows,
                                        std::optional<std::int64_t> total = std::nullopt);

 private:
  struct Span {
    ListPlace begin;
    ListPlace end;  // of the next fence, or kEnd
    std::int64_t count = 0;
  };
  Result<Span, ports::StoreError> span_of(domain::AccountId account, const ListPlace& place);
  Result<void, ports::StoreError> write(domain::AccountId account, const ListPlace& begin, std::int64_t count);
  // The span that counts the row which `depth` newer ones come before, and how many of these it counts too.
  struct Spot {
    Span span;
    std::int64_t newer = 0;
  };
  Result<Spot, ports::StoreError> spot_from_newest(domain::AccountId account, std::int64_t depth);
  Result<Spot, ports::StoreError> spot_from_oldest(domain::AccountId account, std::int64_t depth, std::int64_t total);
  Result<void, ports::StoreError> split(domain::AccountId account, Span span);

  std::int64_t rows_per_fence_;
  Statement at_or_before_;
  Statement after_;
  Statement write_;
  Statement remove_;
  Statement middle_;
  Statement newest_first_;
  Statement oldest_first_;
  Statement count_between_;
};

}  // namespace parcelwake::store
