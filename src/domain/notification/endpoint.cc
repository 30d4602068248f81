#include "domain/notification/endpoint.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/digest.h"

namespace parcelwake::domain {
namespace {

constexpr std::size_t kLongestUrl = 2048;

// What follows "http://" or "https://"; nothing for any other beginning.
std::optional<std::string_view> after_scheme(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (ascii::equals_ignoring_case(url.substr(0, scheme.size()), scheme)) return url.substr(scheme.size());
  }
  return std::nullopt;
}

}  // namespace

std::string to_string(const EndpointSecret& secret) {
  return "whsec_" + base64({reinterpret_cast<const char*>(secret.data()), secret.size()});
}

bool is_endpoint_url(std::string_view text) {
  if (text.size() > kLongestUrl) return false;
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  const auto rest = after_scheme(text);
  if (!printable || !rest) return false;
  std::string_view authority = rest->substr(0, std::min(rest->find_first_of("/?#"), rest->size()));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return !authority.empty() && authority.front() != ':';
}

void note_success(Endpoint& endpoint, std::string outcome, Timestamp now) {
  endpoint.failing_since.reset();
  endpoint.last_tried = now;
  endpoint.last_outcome = std::move(outcome);
}

void note_failure(Endpoint& endpoint, std::string outcome, Timestamp now) {
  if (!endpoint.failing_since) endpoint.failing_since = now;
  endpoint.last_tried = now;
  endpoint.last_outcome = std::move(outcome);
}

void enable(Endpoint& endpoint) {
  endpoint.disabled = Disabled::No;
  endpoint.failing_since.reset();
}

}  // namespace parcelwake::domain
