#include "server/owned_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace parcelwake::server {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool give_to_owner_of(const std::string& directory, int file) {
  struct stat owner {};
  if (::geteuid() != 0) return true;
  return ::stat(directory.c_str(), &owner) == 0 && ::fchown(file, owner.st_uid, owner.st_gid) == 0;
}

void sync_directory(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

DirectoryHold::DirectoryHold(const std::string& directory)
    : descriptor_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

DirectoryHold::~DirectoryHold() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<void, std::string> replace_file(const std::string& directory, const std::string& name, std::string_view bytes) {
  const std::string path = directory + "/" + name;
  const std::string fresh = path + ".new";
  const auto give_up = [&](int reason) {
    ::unlink(fresh.c_str());
    return fail("cannot write " + path + ": " + std::strerror(reason));
  };
  ::unlink(fresh.c_str());  // of somebody who did not come to the end
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return give_up(errno);
  const bool written = write_all(file, bytes) && give_to_owner_of(directory, file) && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  if (!written) return give_up(reason);
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return give_up(errno);
  sync_directory(directory);
  return {};
}

}  // namespace parcelwake::server
