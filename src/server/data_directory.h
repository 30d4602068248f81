#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/result.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::server {

// The note of which carriers could be asked when waiting trackings were last woken.
inline constexpr const char* kReachableCarriersNote = "reachable-carriers";

// Where a server keeps everything: the database, and a lock file that tells who serves it.
class DataDirectory {
 public:
  // Makes the folder (0700) when it is not there. The error is a sentence for a person.
  static Result<DataDirectory, std::string> open(const std::string& path);

  const std::string& path() const { return path_; }
  store::SqliteOptions database() const;

  // Brings the database, a new one too, to the schema of this program.
  Result<void, std::string> prepare_database() const;

  // Holds the directory for one server; the others may still read and write it. Released with the object.
  class ServeLock {
   public:
    explicit ServeLock(int descriptor) : descriptor_(descriptor) {}
    ServeLock(ServeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    ServeLock& operator=(ServeLock&&) = delete;
    ~ServeLock();

   private:
    int descriptor_;
  };
  Result<ServeLock, std::string> lock_for_serving() const;

  // A short text kept beside the database under a name; empty when there is none. Failures to write are ignored: what
  // is kept so only saves work.
  std::string note(const std::string& name) const;
  void keep_note(const std::string& name, const std::string& text) const;

 private:
  explicit DataDirectory(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

// Whether a server holds the directory at present. Makes nothing.
bool is_served(const std::string& directory);

}  // namespace parcelwake::server
