#include "api/own/health.h"

namespace parcelwake::api {

wire::http::Response health_answer(bool ok) {
  wire::http::Response response;
  response.status = ok ? 200 : 503;
  response.body = ok ? R"({"status":"ok"})" : R"({"status":"unavailable"})";
  return response;
}

}  // namespace parcelwake::api
