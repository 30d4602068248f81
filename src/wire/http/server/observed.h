#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace parcelwake::wire::http {

// What a handler lets the server's observer know about a request beside its answer. The texts live for ever and come
// from a small closed set: never from what a client sent.
struct Label {
  std::string_view group{};
  std::string_view route{};
  std::string_view subroute{};
  std::int64_t caller = 0;
};

// One request that has been answered, or refused before it reached the handler: then it has no label.
struct Observed {
  std::string_view method;  // as sent; empty when it could not be read
  Label label{};
  int status = 0;
  std::string_view body;                // the answer's
  std::string_view request_id;          // as in X-Request-Id; empty when there are none
  std::chrono::nanoseconds duration{};  // from the handler's call until the answer was there
};

// Called on the server's threads, for several requests at once; it must not block. The views live until it returns.
using Observer = std::function<void(const Observed&)>;

}  // namespace parcelwake::wire::http
