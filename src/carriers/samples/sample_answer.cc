#include "carriers/samples/sample_answer.h"

#include <string>
#include <string_view>

#include "base/ascii.h"

namespace parcelwake::carriers {
namespace {

// What is no percent-encoding stays as it is.
std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string byte;
    if (text[i] == '%' && i + 2 < text.size() && ascii::from_hex(text.substr(i + 1, 2), byte)) {
      decoded += byte;
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

bool wants_token(std::string_view path, std::string_view body) {
  return ascii::to_lower(path).ends_with("token") || body.find("grant_type") != std::string_view::npos;
}

}  // namespace

wire::http::Response answer_from_samples(const SampleLibrary& library, const wire::http::Request& request) {
  const std::string_view target = request.target.substr(0, 1) == "/" ? request.target.substr(1) : request.target;
  const std::size_t end = target.find_first_of("/?");
  const std::string_view format = target.substr(0, end);
  if (!library.has_format(format)) return {404, "", ""};
  if (wants_token(request.path, request.body)) {
    return {200, "application/json", R"({"access_token":"sample-token","token_type":"Bearer","expires_in":3600})"};
  }
  const std::string_view rest = end == std::string_view::npos ? std::string_view{} : target.substr(end);
  const std::string text = percent_decoded(rest) + "\n" + percent_decoded(request.body);
  const Sample* sample = library.choose(format, text);
  if (sample == nullptr) return {404, "", ""};
  return {sample->http_status, sample->content_type, sample->body};
}

}  // namespace parcelwake::carriers
