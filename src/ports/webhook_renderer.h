#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "domain/account/account.h"
#include "domain/notification/notice.h"

namespace parcelwake::ports {

// Which answers say that a notice was taken.
enum class TakenBy { Only200, Any2xx };

// What one attempt sends, in the words of a dialect.
struct RenderedWebhook {
  std::vector<std::pair<std::string, std::string>> headers;  // the dialect's own
  std::string body;                                          // one line of JSON
  TakenBy taken_by = TakenBy::Only200;
};

// Writes notices in the words of dialects. Safe from any thread.
class WebhookRenderer {
 public:
  virtual ~WebhookRenderer() = default;

  // For an attempt at `now`: what a dialect signs in the body is signed anew each time. Nothing when there is no
  // dialect of the endpoint's name.
  virtual std::optional<RenderedWebhook> render(const domain::Notice& notice, const domain::Endpoint& endpoint,
                                                const domain::Account& account, Timestamp now) const = 0;
};

}  // namespace parcelwake::ports
