#include <iostream>
#include <string>
#include <string_view>

#include "cli/command_tree.h"
#include "cli/commands.h"

namespace parcelwake::cli {
namespace {

constexpr std::string_view kBefore = R"(.SH NAME
parcelwake \- shipment\-tracking server that speaks the APIs of hosted services
.SH SYNOPSIS
.B parcelwake
.I command
[\fIoptions\fR] [\fIarguments\fR]
.SH DESCRIPTION
Parcelwake keeps trackings of parcels, asks their carriers and answers the APIs of TrackingMore, Tracktry and Trackru,
so that a program written for one of them keeps its client and changes its base URL. It needs no other service: all it
keeps lies in one data directory.
.SH COMMANDS
)";

constexpr std::string_view kAfter = R"(.SH FILES
.TP
.I /etc/parcelwake/parcelwake.toml
Configuration of the packaged service. 'parcelwake config print' shows every value with its default and meaning.
.TP
.I /var/lib/parcelwake
Data directory of the packaged service; only its user may read it. Run commands on it as that user:
.B sudo \-u parcelwake parcelwake account list \-\-data /var/lib/parcelwake
.TP
.I DATA/parcelwake.db
The database, with \-wal and \-shm beside it while it is in use.
.TP
.IR DATA/credentials ", " DATA/credentials.key
What 'parcelwake carrier setup' keeps, encrypted, and its key.
.SH ENVIRONMENT
.TP
.B PARCELWAKE_SECRET_KEY
Key of the stored credentials instead of the key file: 64 hex digits, or file:PATH of a file with such. The server and
the commands need the same.
.SH SIGNALS
.TP
.BR SIGTERM ", " SIGINT
The server takes no further requests, answers those under way, and ends with status 0.
.TP
.B SIGHUP
The server reads its certificate again.
.SH EXIT STATUS
0 done; 1 refused or failed, the reason on standard error; 2 wrong usage.
)";

// Text that roff takes as it stands.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && (out.empty() || out.back() == '\n')) continue;
    if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

void print_option(const OptionFacts& option) {
  std::cout << ".TP\n";
  for (std::size_t i = 0; i < option.names.size(); ++i) {
    std::cout << (i > 0 ? ", " : "") << "\\fB" << escaped(option.names[i]) << "\\fR";
  }
  std::cout << (option.takes_value ? " \\fIVALUE\\fR" : "") << '\n' << escaped(option.description);
  if (!option.preset.empty()) std::cout << " (default " << escaped(option.preset) << ")";
  std::cout << '\n';
}

void print_command(const CommandFacts& command) {
  std::cout << ".SS \"" << escaped(command.path);
  for (const std::string& argument : command.arguments) std::cout << " " << escaped(argument);
  std::cout << "\"\n" << escaped(command.description) << '\n';
  for (const OptionFacts& option : command.options) print_option(option);
}

void print_manual(const CommandFacts& program) {
  std::cout << ".TH PARCELWAKE 1 \"\" \"parcelwake " << PARCELWAKE_VERSION << "\" \"User commands\"\n" << kBefore;
  for (const CommandFacts& command : program.commands) {
    for (const CommandFacts* one : with_all_below(command)) print_command(*one);
  }
  std::cout << ".SH OPTIONS\n";
  for (const OptionFacts& option : program.options) print_option(option);
  std::cout << kAfter;
}

}  // namespace

void add_manual_command(const Command& program) {
  const Command command = program.subcommand("manual", "Print the manual page, for roff");
  command.hide();
  command.does([&program] { print_manual(facts_of(program)); });
}

}  // namespace parcelwake::cli
