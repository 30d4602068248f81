#pragma once

#include <gnutls/gnutls.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http::testing {

// A TLS client that trusts everybody.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, const char* priorities = "NORMAL");
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool is_connected() const { return connected_; }
  void send(std::string_view bytes);
  // Everything until the server says it has ended; "(cut off)" when it ended without saying so.
  std::string receive_to_end();
  // The next bytes, whatever arrives at once; "" at the end.
  std::string receive_some();
  // The common name of the server's certificate.
  std::string peer_name() const;

 private:
  RawClient transport_;
  gnutls_session_t session_ = nullptr;
  gnutls_certificate_credentials_t credentials_ = nullptr;
  bool connected_;
};

// Writes a new key and a self-signed certificate with that common name, as PEM.
void write_certificate(const std::string& certificate_file, const std::string& key_file, const std::string& name);

}  // namespace parcelwake::wire::http::testing
