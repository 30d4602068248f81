#pragma once

#include <string_view>

#include "ports/carrier_catalogue.h"
#include "wire/http/server/message.h"

namespace parcelwake::api {

// GET /icons/{code}.svg: the carrier's initials on a colour that follows from its code. 404 for a carrier nobody knows.
wire::http::Response icon_answer(std::string_view file, const ports::CarrierCatalogue& catalogue);

}  // namespace parcelwake::api
