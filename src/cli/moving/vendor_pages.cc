#include "cli/moving/vendor_pages.h"

#include <algorithm>
#include <charconv>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace parcelwake::cli {
namespace {

using std::chrono::seconds;
using Answer = Result<wire::http::ClientResponse, wire::http::ClientError>;

constexpr seconds kTimeout{120};
constexpr std::size_t kMostBytes = 256U << 20;  // of a page: 2,000 trackings with some hundred events each
constexpr seconds kLongestBackoff{60};
constexpr seconds kLongestWait{3600};

Answer send(wire::http::Client& client, wire::http::ClientRequest request) {
  auto answered = std::make_shared<std::promise<Answer>>();
  auto answer = answered->get_future();
  client.send(std::move(request), [answered](Answer given) { answered->set_value(std::move(given)); });
  return answer.get();
}

std::optional<seconds> retry_after(const std::string& text) {
  std::int64_t wait = 0;
  const char* end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, wait);
  if (error != std::errc{} || parsed != end || wait < 0) return std::nullopt;
  return std::min(seconds{wait}, kLongestWait);
}

seconds backoff(int tries) { return std::min(kLongestBackoff, seconds{1} * (1 << std::min(tries - 1, 10))); }

bool worth_another_try(wire::http::ClientError::Kind kind) {
  using Kind = wire::http::ClientError::Kind;
  switch (kind) {
    case Kind::Malformed:
    case Kind::ForbiddenAddress:
    case Kind::Stopped:
      return false;
    case Kind::Unreachable:
    case Kind::Insecure:
    case Kind::TimedOut:
    case Kind::TooLarge:
    case Kind::Garbled:
      return true;
  }
  return false;
}

}  // namespace

struct VendorPages::Setback {
  std::string detail;
  bool final = false;
  std::optional<seconds> wait;  // as the vendor says
};

VendorPages::VendorPages(VendorAccess access, const ports::CarrierCatalogue& catalogue, ports::Clock& clock, Told told)
    : access_(std::move(access)), catalogue_(catalogue), clock_(clock), told_(std::move(told)) {
  client_.start();
}

VendorPages::~VendorPages() { client_.stop(); }

Result<std::vector<api::VendorRow>, std::string> VendorPages::read(const api::ListQuery& query) {
  const std::string who = std::string(access_.vendor.name);
  for (int tries = 1;; ++tries) {
    std::this_thread::sleep_until(next_);
    next_ = std::chrono::steady_clock::now() + access_.pause;
    auto rows = try_once(query);
    if (rows) return *std::move(rows);
    const Setback& setback = rows.error();
    if (setback.final) return fail(who + ": " + setback.detail);
    if (tries >= access_.tries) return fail(who + ": " + setback.detail + "; start the import again to go on");
    const seconds wait = setback.wait.value_or(backoff(tries));
    told_(who + ": " + setback.detail + "; asking again in " + std::to_string(wait.count()) + " s");
    std::this_thread::sleep_for(wait);
  }
}

Result<std::vector<api::VendorRow>, VendorPages::Setback> VendorPages::try_once(const api::ListQuery& query) {
  const Answer answer =
      send(client_,
           {.method = wire::http::ClientMethod::Get,
            .url = api::list_url(access_.base_url, query),
            .headers = {{std::string(access_.vendor.key_header), access_.key}, {"Content-Type", "application/json"}},
            .body = {},
            .timeout = kTimeout,
            .max_body = kMostBytes,
            .allow_private = true});
  if (!answer) {
    return fail(Setback{.detail = answer.error().detail, .final = !worth_another_try(answer.error().kind), .wait = {}});
  }
  const auto wait = retry_after(answer->retry_after);
  const std::string status = "HTTP " + std::to_string(answer->status);
  if (answer->status == 429)
    return fail(Setback{.detail = "it says that we ask too fast", .final = false, .wait = wait});
  if (answer->status >= 500) return fail(Setback{.detail = "it answers " + status, .final = false, .wait = wait});
  auto rows = api::read_vendor_page(answer->body, access_.vendor, catalogue_, clock_.now());
  if (rows) return *std::move(rows);
  switch (rows.error().error) {
    case api::PageError::Refused:
      return fail(Setback{.detail = rows.error().detail, .final = true, .wait = {}});
    case api::PageError::Throttled:
    case api::PageError::Failed:
      return fail(Setback{.detail = rows.error().detail, .final = false, .wait = wait});
    case api::PageError::Unreadable:
      break;
  }
  const bool refused = answer->status >= 300 && answer->status < 500;
  return fail(Setback{.detail = rows.error().detail + " (" + status + ")", .final = refused, .wait = {}});
}

}  // namespace parcelwake::cli
