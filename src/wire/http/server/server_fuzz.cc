// Whatever bytes arrive, the server survives them, and its handler sees only well-formed requests.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace {

using namespace parcelwake::wire::http;

bool is_printable(std::string_view text) {
  for (const unsigned char c : text) {
    if (c <= ' ' || c == 0x7F) return false;
  }
  return !text.empty();
}

void check(const Request& request, Reply reply) {
  if (!is_printable(request.method) || !is_printable(request.target)) std::abort();
  for (const HeaderField& field : request.headers) {
    if (!is_printable(field.name)) std::abort();
    if (field.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) std::abort();
  }
  if (request.header("Content-Length") && request.header("Transfer-Encoding")) std::abort();
  std::move(reply).send({});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Server> server = testing::serve({}, check);
  testing::RawClient client(server->port());
  client.send({reinterpret_cast<const char*>(data), size});
  client.receive_to_end(std::chrono::milliseconds(2));
  client.abort();  // an orderly end would keep the port busy for a minute, and they would run out
  return 0;
}
