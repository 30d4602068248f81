#include "wire/http/server/error_answers.h"

#include <dlfcn.h>
#include <microhttpd.h>

#include "wire/http/server/connection.h"

namespace parcelwake::wire::http {

int queue_response(MHD_Connection* connection, unsigned status, MHD_Response* response) {
  using Queue = MHD_Result (*)(MHD_Connection*, unsigned, MHD_Response*);
  static const Queue library = reinterpret_cast<Queue>(dlsym(RTLD_NEXT, "MHD_queue_response"));
  return library(connection, status, response);
}

}  // namespace parcelwake::wire::http

// libmicrohttpd answers what it cannot parse through its own public function, called by name and so found here first.
extern "C" MHD_Result MHD_queue_response(MHD_Connection* connection, unsigned status, MHD_Response* response) {
  using parcelwake::wire::http::Connection;
  using parcelwake::wire::http::queue_response;
  Connection* const ours = Connection::of(connection);
  if (ours == nullptr) return static_cast<MHD_Result>(queue_response(connection, status, response));
  return static_cast<MHD_Result>(ours->answer_unparsed(status));
}
