#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/moving/vendor.h"
#include "app/moving/told_tracking.h"
#include "base/result.h"
#include "ports/carrier_catalogue.h"

namespace parcelwake::api {

// Why an answer is no page of trackings.
enum class PageError {
  Refused,     // The key, the plan or the request. Asking again will not help.
  Throttled,   // Too fast. Ask again later.
  Failed,      // The vendor failed. Ask again later.
  Unreadable,  // No answer in the vendor's form: a proxy's page, a cut-off body. Ask again later.
};

struct PageFailure {
  PageError error = PageError::Unreadable;
  std::string detail;  // for a person, with the vendor's own code and words
};

struct VendorRow {
  app::ToldTracking told;
  std::optional<Timestamp> created_at;  // nothing where it could not be read: told.tracking.created_at is then `now`
};

// Reads what a vendor's list answers, the reverse of response_json: TrackingMore v2, Tracktry v1 and Trackru v1, also
// when it is one of us. No rows where the vendor says that there are none (4031). A row that is no object comes out
// without a number, so that it is counted and told. `now` is when the events are first seen.
Result<std::vector<VendorRow>, PageFailure> read_vendor_page(std::string_view body, const Vendor& vendor,
                                                             const ports::CarrierCatalogue& catalogue, Timestamp now);

}  // namespace parcelwake::api
