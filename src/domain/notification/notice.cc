#include "domain/notification/notice.h"

#include <fmt/format.h>

namespace parcelwake::domain {

std::string name_of(const Notice& notice) {
  return fmt::format("msg_{}_{}", notice.tracking.id.hex(), notice.sequence);
}

}  // namespace parcelwake::domain
