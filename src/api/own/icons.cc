#include "api/own/icons.h"

#include <string>

#include "api/common/meta.h"
#include "base/ascii.h"
#include "base/digest.h"

namespace parcelwake::api {
namespace {

// The first letter or digit of up to two words.
std::string initials_of(std::string_view name) {
  std::string initials;
  bool at_start = true;
  for (const char c : name) {
    if (ascii::is_alphanumeric(c) && at_start && initials.size() < 2) initials.push_back(ascii::upper(c));
    at_start = !ascii::is_alphanumeric(c);
  }
  return initials;
}

}  // namespace

wire::http::Response icon_answer(std::string_view file, const ports::CarrierCatalogue& catalogue) {
  constexpr std::string_view kEnding = ".svg";
  const domain::Carrier* carrier = nullptr;
  if (file.ends_with(kEnding)) {
    const auto code = domain::CarrierCode::parse(file.substr(0, file.size() - kEnding.size()));
    if (code) carrier = catalogue.find(*code);
  }
  if (carrier == nullptr) return http_error_page(404);
  const Sha256 digest = sha256(carrier->code.text());
  const int hue = (digest[0] * 256 + digest[1]) % 360;
  wire::http::Response response;
  response.content_type = "image/svg+xml";
  response.headers.emplace_back("Cache-Control", "public, max-age=86400");
  response.body = R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">)svg"
                  R"svg(<rect width="64" height="64" rx="12" fill="hsl()svg" +
                  std::to_string(hue) +
                  R"svg(,55%,38%)"/><text x="32" y="42" font-family="sans-serif" font-size="28" fill="#fff" )svg"
                  R"svg(text-anchor="middle">)svg" +
                  initials_of(carrier->name) + "</text></svg>";
  return response;
}

}  // namespace parcelwake::api
