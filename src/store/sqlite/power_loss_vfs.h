#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace parcelwake::store {

// A file layer for tests in which the power can fail: what was written and not synced is volatile.
//
// Files live in memory. A write changes at once what programs see, and what the disk holds only at the next sync of
// that file. cut() is the end of a power failure: of each unsynced write all, the first sectors or nothing has reached
// the disk, in any combination; the rest is gone. Connections must have been closed by then. One thread. The shared
// memory of the write-ahead log goes with the power.
class PowerLossDisk {
 public:
  explicit PowerLossDisk(std::uint64_t seed);
  ~PowerLossDisk();
  PowerLossDisk(const PowerLossDisk&) = delete;
  PowerLossDisk& operator=(const PowerLossDisk&) = delete;

  // The name under which SQLite knows this disk.
  const std::string& vfs_name() const;

  // The power fails when so many more writes, syncs, truncations and deletions were done: from then on each of them
  // fails and changes nothing.
  void fail_after(std::int64_t operations);
  bool failed() const;

  // Drops what was volatile and gives the power back, until the next fail_after().
  void cut();

  // What is about to happen to a file.
  struct Event {
    enum class Kind { Write, Sync };
    Kind kind;
    std::string path;
    std::int64_t at = 0;       // where it is written to
    std::size_t unsynced = 0;  // writes that no sync has followed
  };
  using Tell = std::function<void(const Event& event)>;
  void tell_before(Tell told);  // nullptr: nobody

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace parcelwake::store
