#include "api/own/documents.h"

#include <algorithm>
#include <array>
#include <string>

#include "parcelwake_api_embedded.h"

namespace parcelwake::api {
namespace {

struct Place {
  std::string_view path;
  std::string_view file;
  std::string_view content_type;
};

constexpr std::string_view kJson = "application/json; charset=utf-8";

constexpr std::array<Place, 7> kPlaces = {{
    {"docs", "src/api/own/docs_page/index.html", "text/html; charset=utf-8"},
    {"docs/page.css", "src/api/own/docs_page/page.css", "text/css; charset=utf-8"},
    {"docs/page.js", "src/api/own/docs_page/page.js", "text/javascript; charset=utf-8"},
    {"api/openapi/trackingmore-v2.json", "docs/openapi/trackingmore-v2.json", kJson},
    {"api/openapi/tracktry-v1.json", "docs/openapi/tracktry-v1.json", kJson},
    {"api/openapi/trackru-v1.json", "docs/openapi/trackru-v1.json", kJson},
    {"api/openapi/trackingmore-v4.json", "docs/openapi/trackingmore-v4.json", kJson},
}};

std::string_view bytes_of(std::string_view file) {
  for (const embedded::File& embedded : embedded::files()) {
    if (embedded.path == file) return embedded.bytes;
  }
  return {};
}

}  // namespace

std::optional<wire::http::Response> document_answer(std::span<const std::string> segments) {
  std::string path;
  for (const std::string& segment : segments) path.append(path.empty() ? "" : "/").append(segment);
  const auto* const place =
      std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& p) { return p.path == path; });
  if (place == kPlaces.end()) return std::nullopt;
  wire::http::Response response;
  response.content_type = place->content_type;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
  response.body = bytes_of(place->file);
  return response;
}

}  // namespace parcelwake::api
