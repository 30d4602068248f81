#include "server/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "store/sqlite/migrate.h"

namespace parcelwake::server {

Result<DataDirectory, std::string> DataDirectory::open(const std::string& path) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::absolute(path, error);
  std::filesystem::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return fail("cannot make the data directory " + folder.string() + ": " + std::strerror(errno));
  }
  if (!std::filesystem::is_directory(folder, error)) return fail(folder.string() + " is not a directory");
  return DataDirectory(folder.string());
}

store::SqliteOptions DataDirectory::database() const {
  store::SqliteOptions options;
  options.path = path_ + "/parcelwake.db";
  return options;
}

Result<void, std::string> DataDirectory::prepare_database() const {
  const auto migrated = store::migrate(database());
  if (!migrated) return fail(migrated.error().detail);
  return {};
}

DataDirectory::ServeLock::~ServeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<DataDirectory::ServeLock, std::string> DataDirectory::lock_for_serving() const {
  const std::string file = path_ + "/serve.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return fail("cannot open " + file + ": " + std::strerror(errno));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return fail("another parcelwake serves " + path_ + "; stop it first, or choose another directory with --data");
  }
  return ServeLock(descriptor);
}

bool is_served(const std::string& directory) {
  const int descriptor = ::open((directory + "/serve.lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool served = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return served;
}

std::string DataDirectory::note(const std::string& name) const {
  std::ifstream file(path_ + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void DataDirectory::keep_note(const std::string& name, const std::string& text) const {
  std::ofstream(path_ + "/" + name, std::ios::trunc) << text;
}

}  // namespace parcelwake::server
