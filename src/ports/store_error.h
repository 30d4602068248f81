#pragma once

namespace parcelwake::ports {

enum class StoreError {
  Busy,    // Locked by somebody else for too long. Nothing was written; try again.
  Full,    // No room left. Nothing was written; what was acknowledged stays.
  Broken,  // The store cannot be read or written. Somebody must look.
};

}  // namespace parcelwake::ports
