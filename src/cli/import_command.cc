#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/digest.h"
#include "carriers/catalogue/embedded_catalogue.h"
#include "cli/commands.h"
#include "cli/hidden_input.h"
#include "cli/moving/file_import.h"
#include "cli/moving/import_progress.h"
#include "cli/moving/import_sink.h"
#include "cli/moving/progress_teller.h"
#include "cli/moving/vendor_import.h"
#include "cli/store_access.h"
#include "server/data_directory.h"
#include "server/owned_file.h"
#include "server/system.h"

namespace parcelwake::cli {
namespace {

struct ImportOptions {
  std::string file;
  std::vector<std::string> names;  // COLUMN=FIELD
  std::string data = kDefaultDataDirectory;
  std::string account;
  std::string vendor;
  std::string key;
  std::string base_url;
  std::int64_t page_rows = 2000;
  double per_second = 1;
  int tries = 10;
  bool restart = false;
  bool dry_run = false;
  bool json = false;
};

Result<std::string, std::string> key_of(const ImportOptions& options) {
  if (options.key != "-") return options.key;
  std::string key;
  if (can_ask_person()) {
    key = ask_hidden("API key of the account at " + options.vendor + ": ").value_or("");
  } else {
    std::getline(std::cin, key);
  }
  if (key.empty()) return fail(std::string("no key was given"));
  return key;
}

void print_end(const ImportOptions& options, const ImportSink& sink) {
  const bool has_rejects = sink.counts().refused > 0 && !options.dry_run;
  if (!options.json) {
    std::cout << (options.dry_run ? "dry run, nothing is kept: " : "") << in_words(sink.counts()) << '\n';
    if (has_rejects) std::cout << "the refused rows and their reasons: " << sink.rejects_file() << '\n';
    return;
  }
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object();
  write_counts(writer, sink.counts());
  writer.field_or_null("rejects", has_rejects ? std::string_view(sink.rejects_file()) : std::string_view{});
  writer.field("dry_run", options.dry_run).end_object();
  std::cout << line << '\n';
}

// Each account here, vendor and account there has a progress of its own.
std::string progress_name(const ImportOptions& options, const VendorAccess& access, domain::AccountId account) {
  const Sha256 digest = sha256(access.base_url + '\n' + access.key);
  return options.vendor + "-" + std::to_string(account.value) + "-" +
         ascii::to_hex({reinterpret_cast<const char*>(digest.data()), 4});
}

Result<VendorAccess, std::string> access_of(const ImportOptions& options) {
  const api::Vendor* vendor = api::find_vendor(options.vendor);
  if (vendor == nullptr) {
    return fail("'" + options.vendor + "' cannot be imported from; trackingmore, tracktry and trackru can");
  }
  const auto key = key_of(options);
  if (!key) return fail(key.error());
  const double pause_ms = options.per_second > 0 ? 1000 / options.per_second : 0;
  return VendorAccess{.vendor = *vendor,
                      .base_url = options.base_url.empty() ? std::string(vendor->base_url) : options.base_url,
                      .key = *key,
                      .pause = std::chrono::milliseconds{static_cast<std::int64_t>(pause_ms)},
                      .tries = options.tries};
}

// All that rows go through on their way into a data directory; lives as long as the import.
class Import {
 public:
  static Result<std::unique_ptr<Import>, std::string> open(const ImportOptions& options) {
    auto accounts = open_accounts(options.data);
    if (!accounts) return fail(accounts.error());
    auto account = choose_account(**accounts, options.account);
    if (!account) return fail(account.error());
    auto trackings = open_trackings(options.data);
    if (!trackings) return fail(trackings.error());
    auto checkpointer = open_checkpointer(options.data);
    if (!checkpointer) return fail(checkpointer.error());
    return std::unique_ptr<Import>(
        new Import(options, *std::move(account), *std::move(trackings), *std::move(checkpointer)));
  }

  // Where an import of this name stands; nobody else takes part in it from now on.
  Result<ImportProgress, std::string> begin(const std::string& name) {
    file_.emplace(options_.data, name);
    if (const auto made = file_->make_folder(); !made) return fail(made.error());
    hold_.emplace(file_->folder());
    const ImportProgress progress = options_.restart || options_.dry_run ? ImportProgress{} : file_->load();
    sink_.emplace(ImportSink::World{.store = *trackings_,
                                    .catalogue = *catalogue_,
                                    .clock = clock_,
                                    .random = random_,
                                    .written = [this] { checkpointer_->run_once(); }},
                  file_->rejects_file(), options_.dry_run);
    if (const auto resumed = sink_->resume(progress.counts, progress.rejects_bytes); !resumed) {
      return fail(resumed.error());
    }
    return progress;
  }

  int end(const Result<void, std::string>& done) {
    teller_.end_line();
    if (!done) return refuse(done.error());
    print_end(options_, *sink_);
    return kDone;
  }

  const domain::Account& account() const { return account_; }
  const ports::CarrierCatalogue& catalogue() const { return *catalogue_; }
  ports::Clock& clock() { return clock_; }
  ImportSink& sink() { return *sink_; }
  const ProgressFile& file() const { return *file_; }
  const app::ImportContext& context() const { return context_; }
  ProgressTeller& teller() { return teller_; }

 private:
  Import(const ImportOptions& options, domain::Account account, std::unique_ptr<store::SqliteTrackingStore> trackings,
         std::unique_ptr<store::SqliteCheckpointer> checkpointer)
      : options_(options),
        account_(std::move(account)),
        trackings_(std::move(trackings)),
        checkpointer_(std::move(checkpointer)),
        catalogue_(carriers::load_embedded_catalogue()),
        context_{.account = account_.id, .time_zone = account_.time_zone, .catalogue = *catalogue_},
        teller_(options.json) {}

  const ImportOptions& options_;
  domain::Account account_;
  std::unique_ptr<store::SqliteTrackingStore> trackings_;
  std::unique_ptr<store::SqliteCheckpointer> checkpointer_;
  std::unique_ptr<ports::CarrierCatalogue> catalogue_;
  app::ImportContext context_;
  server::SystemClock clock_;
  server::SystemRandom random_;
  ProgressTeller teller_;
  std::optional<ProgressFile> file_;
  std::optional<server::DirectoryHold> hold_;
  std::optional<ImportSink> sink_;
};

int import_from_vendor(const ImportOptions& options) {
  auto access = access_of(options);
  if (!access) return refuse(access.error());
  const auto opened = Import::open(options);
  if (!opened) return refuse(opened.error());
  Import& into = **opened;
  const auto progress = into.begin(progress_name(options, *access, into.account().id));
  if (!progress) return refuse(progress.error());
  VendorPages pages(*std::move(access), into.catalogue(), into.clock(),
                    [&](const std::string& what) { into.teller().tell(what); });
  VendorImport import({.pages = pages,
                       .sink = into.sink(),
                       .context = into.context(),
                       .file = into.file(),
                       .page_rows = options.page_rows,
                       .dry_run = options.dry_run,
                       .told = [&](const ImportCounts& counts) { into.teller().tell(counts); }});
  return into.end(import.run(*progress));
}

Result<std::map<std::string, std::string>, std::string> names_of(const ImportOptions& options) {
  std::map<std::string, std::string> names;
  for (const std::string& text : options.names) {
    const auto sign = text.rfind('=');
    if (sign == std::string::npos) return fail("'" + text + "' is no COLUMN=FIELD");
    names[text.substr(0, sign)] = text.substr(sign + 1);
  }
  return names;
}

// A file that was changed since is another one.
std::string progress_name(const std::filesystem::path& file, domain::AccountId account) {
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(file, error).time_since_epoch().count();
  const Sha256 digest =
      sha256(std::filesystem::absolute(file, error).string() + '\n' +
             std::to_string(std::filesystem::file_size(file, error)) + '\n' + std::to_string(changed));
  return "file-" + std::to_string(account.value) + "-" +
         ascii::to_hex({reinterpret_cast<const char*>(digest.data()), 4});
}

int import_from_file(const ImportOptions& options) {
  const bool is_pipe = options.file == "-";
  auto names = names_of(options);
  if (!names) return refuse(names.error());
  std::ifstream file;
  std::error_code error;
  if (!is_pipe) file.open(options.file, std::ios::binary);
  if (!is_pipe && (!file || std::filesystem::is_directory(options.file, error))) {
    return refuse("cannot read " + options.file);
  }
  const auto opened = Import::open(options);
  if (!opened) return refuse(opened.error());
  Import& into = **opened;
  const auto account = into.account().id;
  const auto begun =
      into.begin(is_pipe ? "pipe-" + std::to_string(account.value) : progress_name(options.file, account));
  if (!begun) return refuse(begun.error());
  const bool keeps_progress = !is_pipe && !options.dry_run;
  FileImport import({.sink = into.sink(),
                     .context = into.context(),
                     .clock = into.clock(),
                     .file = keeps_progress ? &into.file() : nullptr,
                     .names = *std::move(names),
                     .told = [&](const ImportCounts& counts) { into.teller().tell(counts); }},
                    *begun);
  return into.end(import.run(is_pipe ? std::cin : file));
}

int import(const ImportOptions& options) {
  if (options.vendor.empty() == options.file.empty()) {
    return refuse("name either a FILE or, with --from, another service");
  }
  if (!options.vendor.empty() && options.key.empty()) {
    return refuse("--from needs the key of the account there: --key KEY, or --key - to be asked for it");
  }
  return options.vendor.empty() ? import_from_file(options) : import_from_vendor(options);
}

}  // namespace

void add_import_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<ImportOptions>();
  const Command command = program.subcommand(
      "import",
      "Take over trackings from another service or a file, also while a server runs; started again after an "
      "interruption it goes on where it was");
  command.option("file", options->file,
                 "CSV with a first line that names the columns, or JSON Lines as 'export' writes them; '-': "
                 "standard input");
  command.option("--map", options->names, "COLUMN=FIELD: what a column of a table is, e.g. 'Ref. 2=order_id'");
  command.option("--from", options->vendor, "The other service: trackingmore, tracktry or trackru");
  command.option("--key", options->key, "API key there; '-' asks for it, or reads it from standard input");
  command.option("--base", options->base_url, "Base URL of the API there, e.g. https://api.tracktry.com/v1");
  command.option("--account", options->account, "Whose they become: id or e-mail, where there are several accounts");
  command.option("--data", options->data, "Data directory").shows_default();
  command.option("--page-size", options->page_rows, "Trackings to ask for at once").between(1, 2000).shows_default();
  command.option("--rate", options->per_second, "Requests a second; 0: no limit").not_negative().shows_default();
  command.option("--tries", options->tries, "How often a page is asked for before giving up")
      .between(1, 1000)
      .shows_default();
  command.flag("--restart", options->restart, "Begin again, forgetting an earlier run");
  command.flag("--dry-run", options->dry_run, "Tell what would be done, and keep nothing");
  command.flag("--json", options->json, "Print JSON");
  command.does([options, &exit_code] { exit_code = import(*options); });
}

}  // namespace parcelwake::cli
