#include "cli/moving/vendor_import.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace parcelwake::cli {
namespace {

constexpr int kMostAstray = 3;   // answers in a row that are not what was asked for
constexpr int kMostRounds = 20;  // over what was added while the list was read

using Page = VendorImport::Page;

Page sort_out(std::vector<api::VendorRow> rows, const app::ImportContext& context, std::int64_t page) {
  Page sorted;
  for (api::VendorRow& row : rows) {
    if (row.created_at) {
      const std::int64_t created_s = unix_seconds(*row.created_at);
      sorted.oldest_s = std::min(sorted.oldest_s.value_or(created_s), created_s);
      sorted.newest_s = std::max(sorted.newest_s.value_or(created_s), created_s);
    }
    RefusedRow refused{
        .place = "page " + std::to_string(page), .number = row.told.number, .carrier = row.told.carrier, .reason = {}};
    auto accepted = app::accept(std::move(row.told), context);
    if (accepted) {
      sorted.commands.push_back(*std::move(accepted));
    } else {
      refused.reason = describe(accepted.error());
      sorted.refused.push_back(std::move(refused));
    }
  }
  return sorted;
}

bool leads_down(const ImportProgress& progress, const Page& page) {
  return page.oldest_s && (!progress.created_max_s || *page.oldest_s + 1 < *progress.created_max_s);
}

// Down the list: from the oldest row that was shown, that second once more, for it may hold rows that were not. Within
// one second, by page numbers.
void step_down(ImportProgress& progress, const Page& page) {
  if (page.newest_s) progress.newest_s = std::max(progress.newest_s.value_or(*page.newest_s), *page.newest_s);
  if (leads_down(progress, page)) {
    progress.created_max_s = *page.oldest_s + 1;
    progress.page = 1;
  } else {
    ++progress.page;
  }
}

// Something newer than what was asked for is shown: an answer that a cache had kept, or a vendor who does not heed the
// bound.
bool is_astray(const ImportProgress& progress, const Page& page) {
  return progress.created_max_s && page.newest_s && *page.newest_s > *progress.created_max_s;
}

void back_to_the_top(ImportProgress& progress) {
  progress.created_min_s = progress.newest_s;
  progress.created_max_s.reset();
  progress.page = 1;
  progress.complete = false;
}

}  // namespace

// A page on which this run has seen every row, and which leads no further down, may be an old answer in the place of
// the one that was asked for: it is asked for again before it is passed over.
void VendorImport::go_on(ImportProgress& progress, const Page& page, bool has_news) {
  if (by_pages_) {
    ++progress.page;
    return;
  }
  const bool astray = is_astray(progress, page);
  const bool suspect = astray || (!has_news && !leads_down(progress, page));
  if (suspect && ++astray_ < kMostAstray) return;
  astray_ = 0;
  if (!astray) return step_down(progress, page);
  by_pages_ = true;
  back_to_the_top(progress);
  progress.created_min_s.reset();
}

Result<void, std::string> VendorImport::run(ImportProgress progress) {
  if (progress.complete) back_to_the_top(progress);
  std::int64_t added_before = setting_.sink.counts().added;
  int rounds = progress.created_min_s ? 2 : 1;
  while (!progress.complete) {
    auto rows = setting_.pages.read({.page = progress.page,
                                     .rows = setting_.page_rows,
                                     .created_min_s = progress.created_min_s,
                                     .created_max_s = progress.created_max_s});
    if (!rows) return fail(rows.error());
    if (rows->empty()) {
      const bool caught_up = rounds > 1 && setting_.sink.counts().added == added_before;
      if (caught_up || by_pages_ || rounds == kMostRounds || !progress.newest_s || setting_.dry_run) {
        progress.complete = true;
      } else {
        back_to_the_top(progress);
      }
      added_before = setting_.sink.counts().added;
      ++rounds;
    } else {
      Page page = sort_out(*std::move(rows), setting_.context, progress.page);
      const std::size_t known = setting_.sink.distinct_rows();
      if (const auto taken = setting_.sink.take(std::move(page.commands), page.refused); !taken) return taken;
      go_on(progress, page, setting_.sink.distinct_rows() > known);
      setting_.told(setting_.sink.counts());
    }
    progress.counts = setting_.sink.counts();
    progress.rejects_bytes = setting_.sink.rejects_bytes();
    if (setting_.dry_run) continue;
    if (const auto kept = setting_.file.keep(progress); !kept) return kept;
  }
  return {};
}

}  // namespace parcelwake::cli
