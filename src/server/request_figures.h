#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "base/observe/metrics.h"
#include "wire/http/server/observed.h"

namespace parcelwake::server {

// How many requests were answered, how, and in what time: by dialect, route, method, HTTP status and meta.code.
//
// A request costs three atomic additions; only the first of its kind allocates. What is counted apart is bounded:
// routes come from the program, methods and codes beyond a closed number share a place.
class RequestFigures {
 public:
  RequestFigures();
  ~RequestFigures();

  void note(const wire::http::Observed& observed, int meta_code);  // from any thread

  void write(metrics::Page& page) const;

 private:
  struct Kind;  // dialect, route and method
  struct Series;

  static constexpr std::size_t kMostKinds = 512;
  static constexpr std::size_t kMostProbes = 64;

  Series& series_of(const Kind& kind);

  std::array<std::atomic<Series*>, kMostKinds> series_{};  // an open hash table, never shrinking; owns them
  std::unique_ptr<Series> others_;                         // of kinds that find no place
};

// The method as it is shown: one of a closed set, "other" for the rest.
std::string_view shown_method(std::string_view method);

// "trackings/{carrier}/{number}"; "(none)" for what reached no route.
std::string shown_route(const wire::http::Label& label);
std::string_view shown_dialect(const wire::http::Label& label);

}  // namespace parcelwake::server
