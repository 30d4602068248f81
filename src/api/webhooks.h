#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "api/common/dialect.h"
#include "ports/carrier_catalogue.h"
#include "ports/webhook_renderer.h"

namespace parcelwake::api {

// The names of the dialects that an endpoint may be told in.
std::span<const std::string_view> webhook_dialects();

// Writes notices in every dialect there is. A tracking looks as the dialect's reads show it, with the counts of days as
// of the change.
class Webhooks final : public ports::WebhookRenderer {
 public:
  // `dialects`: those of v1 and v2, as the configuration has them.
  Webhooks(const ports::CarrierCatalogue& catalogue, std::vector<Dialect> dialects)
      : catalogue_(catalogue), dialects_(std::move(dialects)) {}

  std::optional<ports::RenderedWebhook> render(const domain::Notice& notice, const domain::Endpoint& endpoint,
                                               const domain::Account& account, Timestamp now) const override;

 private:
  const ports::CarrierCatalogue& catalogue_;
  const std::vector<Dialect> dialects_;
};

}  // namespace parcelwake::api
