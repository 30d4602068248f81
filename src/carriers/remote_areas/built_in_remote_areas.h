#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/remote_area/remote_area_list.h"

namespace parcelwake::carriers {

// A list in the executable, one of data/remote_areas.
class BuiltInRemoteAreas {
 public:
  BuiltInRemoteAreas(std::string_view path, std::string_view text);

  const domain::CarrierCode& carrier() const { return carrier_; }
  const std::string& edition() const { return edition_; }  // the source of the list that read() gives

  // Takes some hundredths of a second.
  domain::RemoteAreaList read() const;

 private:
  std::string_view path_;
  std::string_view text_;
  domain::CarrierCode carrier_;
  std::string edition_;
};

std::vector<BuiltInRemoteAreas> built_in_remote_areas();

}  // namespace parcelwake::carriers
