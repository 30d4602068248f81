#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/moving/import_progress.h"
#include "cli/moving/import_sink.h"
#include "cli/moving/vendor_pages.h"

namespace parcelwake::cli {

// Takes over all trackings of a vendor's account, from the newest to the oldest, page by page; each page is in the
// store before its progress is kept.
//
// The place in the list is a moment of creation, not a page number: rows that come or go meanwhile move nothing out of
// sight. What is shown twice for that is recognised. Once at the end, the list is read again from what was its newest
// row, until nothing new is in it; so is one that was complete when an earlier run ended.
// A vendor who does not heed the bound is read by page numbers.
class VendorImport {
 public:
  struct Setting {
    VendorPages& pages;
    ImportSink& sink;
    const app::ImportContext& context;
    const ProgressFile& file;
    std::int64_t page_rows;
    bool dry_run = false;
    std::function<void(const ImportCounts&)> told;  // after each page
  };
  struct Page {
    std::vector<app::ImportCommand> commands;
    std::vector<RefusedRow> refused;
    std::optional<std::int64_t> oldest_s;
    std::optional<std::int64_t> newest_s;
  };

  explicit VendorImport(Setting setting) : setting_(std::move(setting)) {}

  // The error is a sentence for a person; all up to there is kept.
  Result<void, std::string> run(ImportProgress progress);

 private:
  void go_on(ImportProgress& progress, const Page& page, bool has_news);

  Setting setting_;
  int astray_ = 0;  // answers in a row
  bool by_pages_ = false;
};

}  // namespace parcelwake::cli
