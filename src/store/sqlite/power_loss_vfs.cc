#include "store/sqlite/power_loss_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace parcelwake::store {
namespace {

constexpr std::size_t kSector = 512;

// One write or truncation that no sync has followed yet.
struct Volatile {
  bool truncation = false;
  std::size_t at = 0;  // offset of the write, or the new size
  std::vector<char> bytes;
};

void write_into(std::vector<char>& content, std::size_t at, const char* bytes, std::size_t count) {
  if (count == 0) return;
  if (content.size() < at + count) content.resize(at + count);
  std::memcpy(content.data() + at, bytes, count);
}

struct Locks {
  int shared = 0;
  const void* exclusive = nullptr;
};

struct MemoryFile {
  std::vector<char> seen;
  std::vector<char> durable;
  std::vector<Volatile> unsynced;
  std::map<const void*, int> levels;  // the file lock of each connection
  std::deque<std::vector<char>> shared_memory;
  std::array<Locks, SQLITE_SHM_NLOCK> shared_memory_locks;
};

}  // namespace

struct PowerLossDisk::Impl {
  explicit Impl(std::uint64_t seed);

  // True: the power is there for one more operation.
  bool spend() {
    if (!limited) return true;
    if (left == 0) return false;
    --left;
    return true;
  }

  std::mt19937_64 random;
  std::map<std::string, MemoryFile> files;
  bool limited = false;
  std::int64_t left = 0;
  std::string name;
  sqlite3_vfs vfs{};
  PowerLossDisk::Tell told;
};

namespace {

using Impl = PowerLossDisk::Impl;

struct Handle {
  sqlite3_file base;
  Impl* disk;
  MemoryFile* file;
  const char* path;  // SQLite's own, which stays as long as the handle
  std::array<bool, SQLITE_SHM_NLOCK> shares;
};

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

void tell(const Handle& handle, PowerLossDisk::Event::Kind kind, std::int64_t at) {
  if (!handle.disk->told) return;
  handle.disk->told({.kind = kind, .path = handle.path, .at = at, .unsynced = handle.file->unsynced.size()});
}

int close_file(sqlite3_file* base) {
  Handle& handle = handle_of(base);
  handle.file->levels.erase(base);
  return SQLITE_OK;
}

int read_file(sqlite3_file* base, void* into, int count, sqlite3_int64 offset) {
  const std::vector<char>& seen = handle_of(base).file->seen;
  const auto at = static_cast<std::size_t>(offset);
  const std::size_t wanted = static_cast<std::size_t>(count);
  const std::size_t there = at < seen.size() ? std::min(wanted, seen.size() - at) : 0;
  if (there > 0) std::memcpy(into, seen.data() + at, there);
  std::memset(static_cast<char*>(into) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* base, const void* from, int count, sqlite3_int64 offset) {
  Handle& handle = handle_of(base);
  tell(handle, PowerLossDisk::Event::Kind::Write, offset);
  if (!handle.disk->spend()) return SQLITE_IOERR_WRITE;
  const auto* bytes = static_cast<const char*>(from);
  const auto at = static_cast<std::size_t>(offset);
  write_into(handle.file->seen, at, bytes, static_cast<std::size_t>(count));
  handle.file->unsynced.push_back({.truncation = false, .at = at, .bytes = {bytes, bytes + count}});
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  Handle& handle = handle_of(base);
  if (!handle.disk->spend()) return SQLITE_IOERR_TRUNCATE;
  handle.file->seen.resize(static_cast<std::size_t>(size));
  handle.file->unsynced.push_back({.truncation = true, .at = static_cast<std::size_t>(size), .bytes = {}});
  return SQLITE_OK;
}

int sync_file(sqlite3_file* base, int) {
  Handle& handle = handle_of(base);
  tell(handle, PowerLossDisk::Event::Kind::Sync, 0);
  if (!handle.disk->spend()) return SQLITE_IOERR_FSYNC;
  handle.file->durable = handle.file->seen;
  handle.file->unsynced.clear();
  return SQLITE_OK;
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(handle_of(base).file->seen.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* base, int level) {
  std::map<const void*, int>& levels = handle_of(base).file->levels;
  for (const auto& [owner, held] : levels) {
    if (owner == base) continue;
    const bool refused = held >= SQLITE_LOCK_PENDING || (level == SQLITE_LOCK_EXCLUSIVE && held > SQLITE_LOCK_NONE) ||
                         (level >= SQLITE_LOCK_RESERVED && held >= SQLITE_LOCK_RESERVED);
    if (refused) return SQLITE_BUSY;
  }
  levels[base] = std::max(levels[base], level);
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* base, int level) {
  handle_of(base).file->levels[base] = level;
  return SQLITE_OK;
}

int reserved_elsewhere(sqlite3_file* base, int* reserved) {
  *reserved = 0;
  for (const auto& [owner, held] : handle_of(base).file->levels) *reserved |= held >= SQLITE_LOCK_RESERVED;
  return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

int sector_size(sqlite3_file*) { return static_cast<int>(kSector); }

// What SQLite assumes of every disk by default: a write never harms the bytes beside it.
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_shared(sqlite3_file* base, int region, int size, int extend, void volatile** at) {
  auto& regions = handle_of(base).file->shared_memory;
  *at = nullptr;
  if (static_cast<std::size_t>(region) >= regions.size()) {
    if (extend == 0) return SQLITE_OK;
    while (static_cast<std::size_t>(region) >= regions.size()) regions.emplace_back(static_cast<std::size_t>(size));
  }
  *at = regions[static_cast<std::size_t>(region)].data();
  return SQLITE_OK;
}

int lock_shared(sqlite3_file* base, int offset, int count, int flags) {
  Handle& handle = handle_of(base);
  const auto first = static_cast<std::size_t>(offset);
  const std::size_t last = first + static_cast<std::size_t>(count);
  auto& locks = handle.file->shared_memory_locks;
  for (std::size_t i = first; i < last && (flags & SQLITE_SHM_LOCK); ++i) {
    const bool foreign = locks[i].exclusive != nullptr && locks[i].exclusive != base;
    const int other_shares = locks[i].shared - (handle.shares[i] ? 1 : 0);
    if (foreign || ((flags & SQLITE_SHM_EXCLUSIVE) && other_shares > 0)) return SQLITE_BUSY;
  }
  for (std::size_t i = first; i < last; ++i) {
    if (flags & SQLITE_SHM_EXCLUSIVE) {
      locks[i].exclusive = (flags & SQLITE_SHM_LOCK) ? base : nullptr;
    } else if (const bool held = flags & SQLITE_SHM_LOCK; held != handle.shares[i]) {
      locks[i].shared += held ? 1 : -1;
      handle.shares[i] = held;
    }
  }
  return SQLITE_OK;
}

void barrier(sqlite3_file*) {}

int unmap_shared(sqlite3_file* base, int remove) {
  Handle& handle = handle_of(base);
  for (std::size_t i = 0; i < handle.shares.size(); ++i) {
    Locks& lock = handle.file->shared_memory_locks[i];
    if (std::exchange(handle.shares[i], false)) --lock.shared;
    if (lock.exclusive == base) lock.exclusive = nullptr;
  }
  if (remove != 0) handle.file->shared_memory.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = reserved_elsewhere,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap_shared,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

Impl& disk_of(sqlite3_vfs* vfs) { return *static_cast<Impl*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* base, int flags, int* out_flags) {
  Impl& disk = disk_of(vfs);
  base->pMethods = nullptr;
  const std::string path = name == nullptr ? "temporary" : name;
  if (!disk.files.contains(path) && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
  Handle& handle = handle_of(base);
  handle.disk = &disk;
  handle.file = &disk.files[path];
  handle.path = name == nullptr ? "" : name;
  handle.shares.fill(false);
  base->pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
  Impl& disk = disk_of(vfs);
  if (!disk.spend()) return SQLITE_IOERR_DELETE;
  return disk.files.erase(name) == 0 ? SQLITE_IOERR_DELETE_NOENT : SQLITE_OK;
}

int file_exists(sqlite3_vfs* vfs, const char* name, int, int* exists) {
  const auto& files = disk_of(vfs).files;
  const auto found = files.find(name);
  *exists = found != files.end() && !(found->second.seen.empty() && found->second.durable.empty());
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

}  // namespace

PowerLossDisk::Impl::Impl(std::uint64_t seed) : random(seed) {
  static int made = 0;
  name = "power-loss-" + std::to_string(++made);
  vfs = *sqlite3_vfs_find(nullptr);  // randomness, sleep and clock stay the system's
  vfs.szOsFile = sizeof(Handle);
  vfs.zName = name.c_str();
  vfs.pAppData = this;
  vfs.pNext = nullptr;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = file_exists;
  vfs.xFullPathname = full_path;
}

PowerLossDisk::PowerLossDisk(std::uint64_t seed) : impl_(std::make_unique<Impl>(seed)) {
  sqlite3_vfs_register(&impl_->vfs, 0);
}

PowerLossDisk::~PowerLossDisk() { sqlite3_vfs_unregister(&impl_->vfs); }

const std::string& PowerLossDisk::vfs_name() const { return impl_->name; }

void PowerLossDisk::fail_after(std::int64_t operations) {
  impl_->limited = true;
  impl_->left = operations;
}

bool PowerLossDisk::failed() const { return impl_->limited && impl_->left == 0; }

void PowerLossDisk::tell_before(Tell told) { impl_->told = std::move(told); }

void PowerLossDisk::cut() {
  // Between nothing and all of the unsynced writes, so that rounds differ in kind.
  const double luck = std::uniform_real_distribution<double>(-0.3, 1.3)(impl_->random);
  const auto lucky = [&] { return std::uniform_real_distribution<double>(0, 1)(impl_->random) < luck; };
  for (auto& [path, file] : impl_->files) {
    for (const Volatile& each : file.unsynced) {
      if (!lucky()) continue;
      if (each.truncation) {
        file.durable.resize(each.at);
        continue;
      }
      const std::size_t sectors = each.bytes.size() / kSector;
      const std::size_t torn = lucky() ? each.bytes.size() : kSector * (impl_->random() % (sectors + 1));
      write_into(file.durable, each.at, each.bytes.data(), torn);
    }
    file.seen = file.durable;
    file.unsynced.clear();
    file.levels.clear();
    file.shared_memory.clear();
    file.shared_memory_locks = {};
  }
  impl_->limited = false;
}

}  // namespace parcelwake::store
