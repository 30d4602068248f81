#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "api/moving/moment_text.h"
#include "api/moving/tracking_export.h"
#include "cli/commands.h"
#include "cli/store_access.h"

namespace parcelwake::cli {
namespace {

struct ExportOptions {
  std::string file;
  std::string data = kDefaultDataDirectory;
  std::string account;
  std::string form = "csv";
  std::string since;
  bool events = false;
};

// Gathers bytes and writes them in pieces to a file that nobody else may read, or to standard output.
class Output {
 public:
  explicit Output(const std::string& file)
      : descriptor_(file == "-" ? STDOUT_FILENO
                                : ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) error_ = errno;
  }
  ~Output() {
    if (descriptor_ > STDOUT_FILENO) ::close(descriptor_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  std::string& buffer() { return buffer_; }
  void flush(std::size_t from = 0) {
    if (buffer_.size() < from) return;
    for (std::string_view left = buffer_; !left.empty() && error_ == 0;) {
      const ssize_t written = ::write(descriptor_, left.data(), left.size());
      if (written >= 0) left.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EINTR) error_ = errno;
    }
    buffer_.clear();
  }
  int error() const { return error_; }

 private:
  int descriptor_;
  int error_ = 0;
  std::string buffer_;
};

int write_trackings(ports::TrackingReader& trackings, const domain::Account& account, Timestamp since,
                    const ExportOptions& options) {
  constexpr std::size_t kPiece = 1U << 20;
  const auto form = options.form == "jsonl" ? api::ExportForm::Jsonl : api::ExportForm::Csv;
  Output out(options.file);
  std::int64_t count = 0;
  api::append_export_head(out.buffer(), form, options.events);
  const auto read = trackings.read_oldest_first(account.id, since, [&](const domain::Tracking& tracking) {
    if (out.error() != 0) return;
    api::append_exported(out.buffer(), tracking, form, options.events);
    out.flush(kPiece);
    ++count;
  });
  out.flush();
  if (!read) return refuse("the trackings could not be read; 'parcelwake doctor' tells more");
  if (out.error() != 0) return refuse("cannot write " + options.file + ": " + std::strerror(out.error()));
  std::cerr << count << (count == 1 ? " tracking\n" : " trackings\n");
  return kDone;
}

int run(const ExportOptions& options) {
  const auto accounts = open_accounts(options.data);
  if (!accounts) return refuse(accounts.error());
  const auto account = choose_account(**accounts, options.account);
  if (!account) return refuse(account.error());
  Timestamp since{};
  if (!options.since.empty()) {
    const auto moment = api::read_moment(options.since, account->time_zone);
    if (!moment) return refuse("'" + options.since + "' is no date; write 2024-03-01 or 2024-03-01T10:00:00+08:00");
    since = *moment;
  }
  const auto trackings = open_tracking_reader(options.data);
  if (!trackings) return refuse(trackings.error());
  return write_trackings(**trackings, *account, since, options);
}

}  // namespace

void add_export_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<ExportOptions>();
  const Command command = program.subcommand(
      "export", "Write an account's trackings to a file, oldest first, also while a server runs; 'import' reads it");
  command.option("file", options->file, "File to write; '-': standard output").required();
  command.option("--account", options->account, "Whose: id or e-mail, where there are several accounts");
  command.option("--data", options->data, "Data directory").shows_default();
  command.option("--format", options->form, "csv or jsonl").one_of({"csv", "jsonl"}).shows_default();
  command.flag("--events", options->events, "With all events; in CSV a row for each");
  command.option("--since", options->since, "Only those created at that moment or later");
  command.does([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parcelwake::cli
