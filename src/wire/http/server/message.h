#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parcelwake::wire::http {

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

// One request as it came, its body complete. Everything in it is a view that lives until the handler returns.
struct Request {
  std::string_view method;               // as sent: "GET", "get", "PURGE"
  std::string_view target;               // as on the request line, nothing decoded: "/v2//carriers/?a=%2F"
  std::string_view path;                 // the target's path, nothing decoded; for "http://host/p" it is "/p"
  std::string_view query;                // what follows the first '?'
  std::span<const HeaderField> headers;  // in the order sent
  std::string_view body;                 // chunks already joined
  std::string_view client_address;       // "192.0.2.7", "2001:db8::7"
  bool tls = false;

  // The first field of that name, in any case; its value without white space at either end.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";  // empty: no such header
  std::string body{};
  // Content-Length, Date and Connection are made by the server.
  std::vector<std::pair<std::string, std::string>> headers{};
};

}  // namespace parcelwake::wire::http
