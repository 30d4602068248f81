#pragma once

#include <span>
#include <string_view>

#include "api/common/dialect.h"
#include "app/trackings/register_trackings.h"
#include "app/trackings/update_trackings.h"
#include "base/time.h"
#include "domain/tracking/tracking.h"
#include "ports/carrier_catalogue.h"
#include "wire/http/server/message.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// By which an answer is written.
struct View {
  const Dialect& dialect;
  const ports::CarrierCatalogue& catalogue;
  UtcOffset time_zone;  // the account's
  Timestamp now;
};

// The tracking object of list, single GET and realtime; what create and batch say of a new one; what PUT says.
void write_tracking(wire::json::Writer& writer, const domain::Tracking& tracking, const View& view);
void write_created(wire::json::Writer& writer, const app::Registered& registered, const View& view);
void write_updated(wire::json::Writer& writer, const app::UpdateCommand& command, const domain::Tracking& tracking,
                   const View& view);

enum class NameLanguage { English, Chinese };

// The data of GET carriers. `host` is where the icons are served.
void write_carriers(wire::json::Writer& writer, std::span<const domain::Carrier> carriers, NameLanguage language,
                    std::string_view host);

// The data of carriers/detect.
void write_candidates(wire::json::Writer& writer, std::span<const ports::Candidate> candidates);

}  // namespace parcelwake::api
