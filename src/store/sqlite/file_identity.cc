#include "store/sqlite/file_identity.h"

#include <fmt/format.h>

#include "store/sqlite/migrate.h"

namespace parcelwake::store {
Result<void, std::string> check_identity(int application_id, int version) {
  // Files made before there was an application_id have none.
  if (application_id != kApplicationId && application_id != 0) {
    return fail(fmt::format("it belongs to another program (its application_id is {:#010x})",
                            static_cast<unsigned>(application_id)));
  }
  if (version < 0) return fail(fmt::format("its schema is version {}, which no Parcelwake writes", version));
  if (version > schema_version()) {
    return fail(fmt::format("its schema is version {}, this program knows up to {}; use a newer program", version,
                            schema_version()));
  }
  return {};
}

}  // namespace parcelwake::store
