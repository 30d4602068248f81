#include "server/remote_areas.h"

#include <algorithm>
#include <vector>

#include "carriers/remote_areas/built_in_remote_areas.h"
#include "store/sqlite/sqlite_remote_area_store.h"

namespace parcelwake::server {
namespace {

bool is_wanted(const carriers::BuiltInRemoteAreas& built_in, const std::vector<ports::RemoteAreaSummary>& there) {
  const auto same = std::find_if(there.begin(), there.end(),
                                 [&](const auto& summary) { return summary.carrier == built_in.carrier(); });
  return same == there.end() || (same->built_in && same->source != built_in.edition());
}

}  // namespace

Result<void, std::string> install_built_in_remote_areas(const DataDirectory& directory, ports::Clock& clock) {
  auto store = store::SqliteRemoteAreaStore::open(directory.database());
  if (!store) return fail(store.error().detail);
  const auto there = (*store)->remote_area_lists();
  if (!there) return fail("the lists of remote areas cannot be read");
  std::vector<domain::RemoteAreaList> wanted;
  for (const carriers::BuiltInRemoteAreas& built_in : carriers::built_in_remote_areas()) {
    if (!is_wanted(built_in, *there)) continue;
    wanted.push_back(built_in.read());
    wanted.back().imported_at = clock.now();
  }
  if (wanted.empty()) return {};
  const auto written = (*store)->replace(wanted, [](std::size_t) {});
  if (!written) return fail("the built-in lists of remote areas cannot be written");
  return {};
}

}  // namespace parcelwake::server
