#include "carriers/remote_areas/built_in_remote_areas.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "carriers/remote_areas/remote_area_table.h"
#include "parcelwake_carriers_remote_areas_embedded.h"

namespace parcelwake::carriers {
namespace {

// "data/remote_areas/dhl.tsv" -> "dhl"
std::string stem_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::string(name.substr(0, name.find('.')));
}

}  // namespace

BuiltInRemoteAreas::BuiltInRemoteAreas(std::string_view path, std::string_view text)
    : path_(path),
      text_(text),
      carrier_(domain::CarrierCode::trusted(stem_of(path))),
      edition_(edition_of_remote_area_table(text)) {}

domain::RemoteAreaList BuiltInRemoteAreas::read() const {
  auto list = read_remote_area_table(text_, path_);
  if (!list) {
    std::fprintf(stderr, "a list in the executable is broken: %s\n", list.error().c_str());
    std::abort();
  }
  list->carrier = carrier_;
  list->built_in = true;
  return *std::move(list);
}

std::vector<BuiltInRemoteAreas> built_in_remote_areas() {
  std::vector<BuiltInRemoteAreas> lists;
  for (const built_in::File& file : built_in::files()) lists.emplace_back(file.path, file.bytes);
  return lists;
}

}  // namespace parcelwake::carriers
