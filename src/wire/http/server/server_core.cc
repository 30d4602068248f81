#include "wire/http/server/server_core.h"

#include <utility>

namespace parcelwake::wire::http {

ServerCore::ServerCore(ServerOptions server_options, Handler request_handler)
    : options(std::move(server_options)),
      handler(std::move(request_handler)),
      certificates(options.tls_certificate_file, options.tls_key_file) {}

RequestId ServerCore::next_request_id() {
  if (options.request_id_seed == 0) return {};
  return RequestId(options.request_id_seed, request_ids.fetch_add(1, std::memory_order_relaxed));
}

Response ServerCore::error_page(int status, std::string_view path) const {
  Response page = options.error_page ? options.error_page(status, path) : Response{};
  page.status = status;
  return page;
}

}  // namespace parcelwake::wire::http
