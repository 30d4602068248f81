#include "carriers/asking/access_token.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "wire/json/rows_reader.h"

namespace parcelwake::carriers {
namespace {

using ports::CarrierError;
using ports::CarrierFailure;
using std::chrono::seconds;

constexpr seconds kLifetimeWhenUntold{300};
constexpr seconds kLongestLifetime{std::chrono::hours{24 * 30}};
constexpr seconds kRefusalHolds{60};

seconds read_lifetime(const wire::json::Scalar* told) {
  if (told == nullptr) return kLifetimeWhenUntold;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(told->text.data(), told->text.data() + told->text.size(), value);
  if (error != std::errc{} || value <= 0) return kLifetimeWhenUntold;
  return std::min(seconds{value}, kLongestLifetime);
}

CarrierFailure failure_for(int status) {
  const std::string said = "the token request was answered with HTTP " + std::to_string(status);
  if (status == 429) return {CarrierError::Throttled, said, std::nullopt};
  if (status >= 500) return {CarrierError::Unreachable, said, std::nullopt};
  return {CarrierError::Refused, said, std::nullopt};
}

}  // namespace

Result<GrantedToken, CarrierFailure> read_token_answer(const wire::http::ClientResponse& response) {
  if (response.status != 200 && response.status != 201) return fail(failure_for(response.status));
  const auto rows = wire::json::read_rows(response.body);
  const wire::json::Scalar* token = nullptr;
  if (rows && !rows.value().rows().empty()) token = rows.value().rows().front().find("access_token");
  if (token == nullptr || token->kind != wire::json::Scalar::Kind::Text || token->text.empty()) {
    return fail(CarrierFailure{CarrierError::Unreadable, "the token answer holds no access_token", std::nullopt});
  }
  return GrantedToken{std::string(token->text), read_lifetime(rows.value().rows().front().find("expires_in"))};
}

std::optional<std::string> AccessToken::current(Timestamp now) const {
  if (value_.empty() || now >= good_until_) return std::nullopt;
  return value_;
}

void AccessToken::grant(GrantedToken token, Timestamp now) {
  value_ = std::move(token.value);
  // A request begun with it must end before it does: a minute, or a tenth of a short life.
  good_until_ = now + token.lifetime - std::min(seconds{60}, token.lifetime / 10);
  refusal_.reset();
}

void AccessToken::drop(const std::string& value) {
  if (value_ == value) value_.clear();
}

void AccessToken::refuse(CarrierFailure failure, Timestamp now) {
  refused_until_ = now + kRefusalHolds;
  refusal_ = std::move(failure);
}

std::optional<CarrierFailure> AccessToken::refusal(Timestamp now) const {
  return now < refused_until_ ? refusal_ : std::nullopt;
}

}  // namespace parcelwake::carriers
