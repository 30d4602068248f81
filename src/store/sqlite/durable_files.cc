#include "store/sqlite/durable_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

namespace parcelwake::store {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;

std::string because(const std::string& what, const std::string& file) {
  return fmt::format("{} {}: {}", what, file, std::strerror(errno));
}

struct Descriptor {
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number_;
};

}  // namespace

Result<void, std::string> make_file(const std::string& file) {
  const Descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (made.number_ < 0) return fail(because("cannot make", file));
  return {};
}

Result<void, std::string> sync_file(const std::string& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number_ < 0 || ::fsync(opened.number_) != 0) return fail(because("cannot write", file));
  return {};
}

Result<void, std::string> sync_folder_of(const std::string& file) {
  const auto folder = std::filesystem::absolute(file).parent_path().string();
  return sync_file(folder);
}

// Gives `from` the name `to`, which nobody may have yet.
Result<void, std::string> rename_anew(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return sync_folder_of(to);
  return fail(because("cannot make", to));
}

Result<void, std::string> exchange_names(const std::string& a, const std::string& b) {
  if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0) return sync_folder_of(a);
  return fail(because("cannot replace", b));
}

Result<void, std::string> copy_file_durably(const std::string& from, const std::string& to) {
  if (auto made = make_file(to); !made) return made;
  std::ifstream in(from, std::ios::binary);
  std::ofstream out(to, std::ios::binary);
  std::vector<char> block(kBlock);
  while (in.read(block.data(), kBlock) || in.gcount() > 0) out.write(block.data(), in.gcount());
  if (in.bad() || !out.flush()) return fail(because("cannot copy to", to));
  return sync_file(to);
}

}  // namespace parcelwake::store
