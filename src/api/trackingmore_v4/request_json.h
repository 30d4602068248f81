#pragma once

#include <optional>

#include "api/common/request_json.h"
#include "api/trackingmore_v4/meta.h"

namespace parcelwake::api::trackingmore_v4 {

// The fields of create and of a row of batch. Views point into the row.
Result<app::RegisterRequest, Code> read_registration(const wire::json::Row& row, const FieldContext& context);

// The fields of update; what is not given, null or "" stays.
struct UpdateRequest {
  app::DetailsPatch details;
  std::optional<bool> archived;
  domain::CarrierCode new_carrier;  // empty: the same as before
};
Result<UpdateRequest, Code> read_update(const wire::json::Row& row, const FieldContext& context);

// The filters of get. What is not understood is refused rather than passed over, for a filter that is not applied gives
// a wrong answer.
Result<ListRequest, Code> read_list(const Target& target, const FieldContext& context);

}  // namespace parcelwake::api::trackingmore_v4
