#include "server/process_figures.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace parcelwake::server {
namespace {

// The words of a file under /proc; of /proc/self/stat those after the program's name, which may hold spaces.
std::vector<std::string> words_of(const char* file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  if (const auto name_end = line.rfind(')'); name_end != std::string::npos) line.erase(0, name_end + 1);
  std::istringstream words(line);
  return {std::istream_iterator<std::string>(words), {}};
}

std::optional<double> number(const std::vector<std::string>& words, std::size_t place) {
  if (place >= words.size()) return std::nullopt;
  return std::stod(words[place]);
}

// Since 1970, in seconds.
std::optional<double> boot_time() {
  std::ifstream stream("/proc/stat");
  for (std::string word; stream >> word;) {
    double seconds = 0;
    if (word == "btime" && stream >> seconds) return seconds;
  }
  return std::nullopt;
}

std::optional<double> open_files() {
  std::error_code error;
  double count = -1;  // the listing's own
  for (auto entry = std::filesystem::directory_iterator("/proc/self/fd", error); !error && entry != end(entry);
       entry.increment(error)) {
    ++count;
  }
  return error ? std::nullopt : std::optional(count);
}

}  // namespace

void write_process_figures(metrics::Page& page) {
  const auto gauge = [&](const char* name, const char* help, std::optional<double> value) {
    if (value) page.gauge(name, help, *value);
  };
  const auto page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE));
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  const auto memory = words_of("/proc/self/statm");
  if (const auto pages = number(memory, 0)) {
    gauge("process_virtual_memory_bytes", "Address space in use.", *pages * page_bytes);
  }
  if (const auto pages = number(memory, 1)) {
    gauge("process_resident_memory_bytes", "Memory in use, with mapped pages of the database.", *pages * page_bytes);
  }
  const auto state = words_of("/proc/self/stat");  // from the third word on
  if (const auto user = number(state, 11), system = number(state, 12); user && system) {
    page.counter("process_cpu_seconds_total", "Processor time used.", (*user + *system) / ticks);
  }
  if (const auto threads = number(state, 17)) gauge("process_threads", "Threads.", threads);
  if (const auto started = number(state, 19), boot = boot_time(); started && boot) {
    gauge("process_start_time_seconds", "When the process began, since 1970.", *boot + *started / ticks);
  }
  gauge("process_open_fds", "Files and sockets open.", open_files());
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    gauge("process_max_fds", "Files and sockets that may be open.", static_cast<double>(limit.rlim_cur));
  }
}

}  // namespace parcelwake::server
