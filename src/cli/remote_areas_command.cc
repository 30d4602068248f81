#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/remote_areas/read_remote_areas.h"
#include "base/ascii.h"
#include "carriers/catalogue/embedded_catalogue.h"
#include "cli/commands.h"
#include "cli/store_access.h"
#include "server/system.h"
#include "wire/csv/rows.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

struct RemoteAreaOptions {
  std::string data = kDefaultDataDirectory;
  std::string file;
  std::string carrier;
  bool json = false;
};

// Where a table's columns stand; nothing for one that it lacks.
struct Columns {
  std::optional<std::size_t> carrier, country, postcode_from, postcode_to, city;
};

using Cells = std::vector<std::string>;

std::optional<std::size_t> column(const Cells& head, std::string_view name) {
  const auto found = std::find_if(head.begin(), head.end(), [&](const std::string& cell) {
    return ascii::equals_ignoring_case(ascii::trimmed(cell), name);
  });
  if (found == head.end()) return std::nullopt;
  return static_cast<std::size_t>(found - head.begin());
}

Result<Columns, std::string> columns_of(const Cells& head, const RemoteAreaOptions& options) {
  const Columns columns{.carrier = column(head, "carrier"),
                        .country = column(head, "country"),
                        .postcode_from = column(head, "postcode_from"),
                        .postcode_to = column(head, "postcode_to"),
                        .city = column(head, "city")};
  if (!columns.country) return fail("the first line names no column 'country'");
  if (!columns.postcode_from && !columns.city) {
    return fail("the first line names neither a column 'postcode_from' nor one 'city'");
  }
  if (!columns.carrier && options.carrier.empty()) {
    return fail("the first line names no column 'carrier'; say whose table it is with --carrier");
  }
  return columns;
}

std::string_view cell(const Cells& cells, const std::optional<std::size_t>& at) {
  return at ? std::string_view(cells[*at]) : std::string_view{};
}

struct Table {
  std::vector<wire::csv::Row> rows;  // what the views in `areas` point into
  std::vector<app::RemoteAreaRow> areas;
  std::vector<app::RowFault> faults;
};

Result<Table, std::string> read_table(const RemoteAreaOptions& options) {
  std::error_code error;
  std::ifstream in(options.file, std::ios::binary);
  if (!in || std::filesystem::is_directory(options.file, error)) return fail("cannot read " + options.file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto rows = wire::csv::read(text, options.file);
  if (!rows) return fail(rows.error());
  if (rows->size() < 2) return fail(options.file + ": there are no rows below a line that names the columns");
  const auto columns = columns_of(rows->front().cells, options);
  if (!columns) return fail(options.file + ":1: " + columns.error());
  Table table{.rows = *std::move(rows), .areas = {}, .faults = {}};
  const std::size_t width = table.rows.front().cells.size();
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const auto& [line, cells] = table.rows[i];
    if (cells.size() != width) {
      table.faults.push_back(
          {line, std::to_string(cells.size()) + " cells, not " + std::to_string(width) + " as the first line has"});
      continue;
    }
    table.areas.push_back({.line = line,
                           .carrier = cell(cells, columns->carrier),
                           .country = cell(cells, columns->country),
                           .postcode_from = cell(cells, columns->postcode_from),
                           .postcode_to = cell(cells, columns->postcode_to),
                           .city = cell(cells, columns->city)});
  }
  return table;
}

int refuse_rows(const RemoteAreaOptions& options, std::vector<app::RowFault> faults) {
  constexpr std::size_t kMostTold = 20;
  std::sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  for (std::size_t i = 0; i < std::min(faults.size(), kMostTold); ++i) {
    std::cerr << options.file << ':' << faults[i].line << ": " << faults[i].reason << '\n';
  }
  return refuse(std::to_string(faults.size()) + (faults.size() == 1 ? " row is" : " rows are") +
                " broken; nothing was imported");
}

Result<std::optional<domain::CarrierCode>, std::string> carrier_of(const RemoteAreaOptions& options,
                                                                   const ports::CarrierCatalogue& catalogue) {
  if (options.carrier.empty()) return std::optional<domain::CarrierCode>();
  const auto code = domain::CarrierCode::parse(options.carrier);
  if (!code || catalogue.find(*code) == nullptr) return fail("'" + options.carrier + "' is no carrier");
  return std::optional(*code);
}

std::string name_of_file(const std::string& path) { return std::filesystem::path(path).filename().string(); }

void print_imported(const std::vector<domain::RemoteAreaList>& lists, const RemoteAreaOptions& options) {
  for (const domain::RemoteAreaList& list : lists) {
    if (options.json) {
      std::string line;
      wire::json::Writer(line)
          .begin_object()
          .field("carrier", list.carrier.text())
          .field("rows", list.rows)
          .end_object();
      std::cout << line << '\n';
    } else {
      std::cout << list.carrier.text() << ": " << list.rows << " rows imported\n";
    }
  }
}

// Tells how far it is, and waits after each piece for as long as that took: whoever else writes gets a turn.
class Progress {
 public:
  explicit Progress(std::size_t all) : all_(all) {}

  void tell(std::size_t written) {
    constexpr std::size_t kPlacesPerLine = 10'000;
    if (written >= told_ + kPlacesPerLine || (written == all_ && told_ != all_)) {
      std::cerr << "written " << written << " of " << all_ << '\n';
      told_ = written;
    }
    std::this_thread::sleep_for(Clock::now() - begun_);
    begun_ = Clock::now();
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::size_t all_;
  std::size_t told_ = 0;
  Clock::time_point begun_ = Clock::now();
};

std::string could_not_write(ports::StoreError error) {
  if (error == ports::StoreError::Busy) {
    return "the table could not be written: somebody else imports one for the same carrier, or the database is busy; "
           "nothing was imported";
  }
  return "the table could not be written; nothing was imported";
}

int import(const RemoteAreaOptions& options) {
  const auto catalogue = carriers::load_embedded_catalogue();
  const auto carrier = carrier_of(options, *catalogue);
  if (!carrier) return refuse(carrier.error());
  auto table = read_table(options);
  if (!table) return refuse(table.error());
  auto lists = app::read_remote_areas(table->areas, *carrier, *catalogue);
  if (!lists || !table->faults.empty()) {
    if (!lists) table->faults.insert(table->faults.end(), lists.error().begin(), lists.error().end());
    return refuse_rows(options, std::move(table->faults));
  }
  auto store = open_remote_areas(options.data);
  if (!store) return refuse(store.error());
  server::SystemClock clock;
  std::size_t all = 0;
  for (domain::RemoteAreaList& list : *lists) {
    list.source = name_of_file(options.file);
    list.imported_at = clock.now();
    all += list.ranges.size() + list.cities.size();
  }
  Progress progress(all);
  const auto replaced = (*store)->replace(*lists, [&](std::size_t written) { progress.tell(written); });
  if (!replaced) return refuse(could_not_write(replaced.error()));
  print_imported(*lists, options);
  return kDone;
}

int list(const RemoteAreaOptions& options) {
  auto store = open_remote_areas(options.data);
  if (!store) return refuse(store.error());
  const auto lists = (*store)->remote_area_lists();
  if (!lists) return refuse("the lists could not be read");
  for (const ports::RemoteAreaSummary& one : *lists) {
    const std::string imported_at = to_iso(one.imported_at, UtcOffset{});
    if (options.json) {
      std::string line;
      wire::json::Writer writer(line);
      writer.begin_object().field("carrier", one.carrier.text()).field("rows", one.rows);
      writer.field("countries", one.countries).field("source", one.source).field("built_in", one.built_in);
      writer.field("imported_at", imported_at).end_object();
      std::cout << line << '\n';
    } else {
      std::cout << one.carrier.text() << '\t' << one.rows << " rows\t" << one.countries << " countries\t" << one.source
                << (one.built_in ? " (built in)" : "") << '\t' << imported_at << '\n';
    }
  }
  return kDone;
}

}  // namespace

void add_remote_areas_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<RemoteAreaOptions>();
  const Command command =
      program.subcommand("remote-areas", "Places that carriers treat as remote, also of a running server");
  command.needs_subcommand();
  const auto add_part = [&](const char* name, const char* about, int (*deed)(const RemoteAreaOptions&)) {
    const Command part = command.subcommand(name, about);
    part.option("--data", options->data, "Data directory").shows_default();
    part.flag("--json", options->json, "Print JSON");
    part.does([options, deed, &exit_code] { exit_code = deed(*options); });
    return part;
  };
  const Command import_part = add_part(
      "import", "Put a table in the place of a carrier's list: all of it, or nothing when a row is broken", import);
  import_part
      .option("file", options->file,
              "CSV with a first line that names the columns: carrier, country, postcode_from, postcode_to, city; "
              "each row has a postcode or a city")
      .required();
  import_part.option("--carrier", options->carrier, "Whose table it is, where it has no column for that");
  add_part("list", "List the carriers with their tables' size, source and age", list);
}

}  // namespace parcelwake::cli
