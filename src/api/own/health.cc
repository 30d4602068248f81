#include "api/own/health.h"

namespace parcelwake::api {

wire::http::Response health_answer(Health health) {
  wire::http::Response response;
  switch (health) {
    case Health::Ok:
      response.body = R"({"status":"ok"})";
      break;
    case Health::Unavailable:
      response.status = 503;
      response.body = R"({"status":"unavailable"})";
      break;
    case Health::Draining:
      response.status = 503;
      response.body = R"({"status":"draining"})";
      break;
  }
  return response;
}

}  // namespace parcelwake::api
