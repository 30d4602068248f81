#include "api/common/shown_status.h"

#include "domain/tracking/judgement.h"

namespace parcelwake::api {

domain::Status shown_status(const domain::Tracking& tracking, const Dialect& dialect) {
  const domain::Status status = tracking.status();
  return status == domain::Status::Expired && dialect.ageing == Ageing::Exception ? domain::Status::Exception : status;
}

std::optional<std::string_view> shown_substatus(const domain::Tracking& tracking, const Dialect& dialect) {
  const auto substatus = tracking.substatus();
  if (!substatus) return std::nullopt;
  if (*substatus != domain::Substatus::Aged || dialect.ageing == Ageing::Expired) return dialect.substatus(*substatus);
  const domain::Checkpoint* newest = domain::newest_checkpoint(tracking.origin, tracking.destination);
  if (newest == nullptr) return "exception001";
  return newest->time.order_key() > tracking.added_at() ? "exception002" : "exception003";
}

}  // namespace parcelwake::api
