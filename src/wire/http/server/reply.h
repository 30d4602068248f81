#pragma once

#include <memory>
#include <string>

#include "wire/http/server/message.h"
#include "wire/http/server/observed.h"

namespace parcelwake::wire::http {

struct Exchange;

// The right to answer one request, once: inside the handler or later, from any thread. Answering inside the handler is
// the fast way; otherwise the connection sleeps until the answer comes. It does not matter whether the client is still
// there, or even the server. A Reply that is destroyed unsent answers 500 with the server's error page.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange);
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  // For the server's observer. Before send(), by whoever holds the Reply.
  void label(const Label& label);

  // An empty text with the room of an earlier answer's body, to write this one's into. Before send(), by whoever holds
  // the Reply.
  std::string buffer();

  void send(Response&& response) &&;

 private:
  std::shared_ptr<Exchange> exchange_;  // empty once sent
};

}  // namespace parcelwake::wire::http
