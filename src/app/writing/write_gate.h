#pragma once

#include <functional>

#include "app/writing/write_pass.h"

namespace parcelwake::app {

// Where callers on any thread hand in what is to be written. Requests that arrive together are carried out together.
class WriteGate {
 public:
  virtual ~WriteGate() = default;

  // Calls back exactly once, from the gate's thread, when the outcome is durable; or at once, on the caller's, with
  // Busy when too much is waiting already.
  using Done = std::function<void(Result<WriteOutcome, ports::StoreError>)>;
  virtual void submit(WriteRequest request, Done done) = 0;
};

}  // namespace parcelwake::app
