#include "wire/http/server/testing/tls_client.h"

#include <gnutls/x509.h>

#include <array>
#include <ctime>
#include <fstream>

namespace parcelwake::wire::http::testing {

namespace {

std::string common_name(gnutls_x509_crt_t certificate) {
  std::array<char, 256> name{};
  std::size_t size = name.size();
  gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name.data(), &size);
  return {name.data(), size};
}

void write_file(const std::string& path, const gnutls_datum_t& bytes) {
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data), bytes.size);
}

}  // namespace

TlsClient::TlsClient(std::uint16_t port, const char* priorities) : transport_(port) {
  gnutls_init(&session_, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  gnutls_certificate_allocate_credentials(&credentials_);
  gnutls_credentials_set(session_, GNUTLS_CRD_CERTIFICATE, credentials_);
  gnutls_priority_set_direct(session_, priorities, nullptr);
  gnutls_transport_set_int(session_, transport_.socket());
  gnutls_handshake_set_timeout(session_, 10'000);
  int done = 0;
  do {
    done = gnutls_handshake(session_);
  } while (done < 0 && gnutls_error_is_fatal(done) == 0);
  connected_ = done == GNUTLS_E_SUCCESS;
}

TlsClient::~TlsClient() {
  gnutls_deinit(session_);
  gnutls_certificate_free_credentials(credentials_);
}

void TlsClient::send(std::string_view bytes) { gnutls_record_send(session_, bytes.data(), bytes.size()); }

std::string TlsClient::receive_some() {
  std::array<char, 16'384> bytes;
  ssize_t got = 0;
  do {
    got = gnutls_record_recv(session_, bytes.data(), bytes.size());
  } while (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED);
  if (got < 0) return "(cut off)";
  return {bytes.data(), static_cast<std::size_t>(got)};
}

std::string TlsClient::receive_to_end() {
  std::string all;
  for (;;) {
    const std::string some = receive_some();
    all += some;
    if (some.empty() || some == "(cut off)") return all;
  }
}

std::string TlsClient::peer_name() const {
  unsigned count = 0;
  const gnutls_datum_t* const chain = gnutls_certificate_get_peers(session_, &count);
  if (count == 0) return "";
  gnutls_x509_crt_t certificate = nullptr;
  gnutls_x509_crt_init(&certificate);
  gnutls_x509_crt_import(certificate, &chain[0], GNUTLS_X509_FMT_DER);
  std::string name = common_name(certificate);
  gnutls_x509_crt_deinit(certificate);
  return name;
}

void write_certificate(const std::string& certificate_file, const std::string& key_file, const std::string& name) {
  gnutls_x509_privkey_t key = nullptr;
  gnutls_x509_privkey_init(&key);
  gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
  gnutls_x509_crt_t certificate = nullptr;
  gnutls_x509_crt_init(&certificate);
  gnutls_x509_crt_set_version(certificate, 3);
  gnutls_x509_crt_set_serial(certificate, "1", 1);
  gnutls_x509_crt_set_activation_time(certificate, std::time(nullptr) - 3'600);
  gnutls_x509_crt_set_expiration_time(certificate, std::time(nullptr) + 86'400);
  gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name.data(),
                                static_cast<unsigned>(name.size()));
  gnutls_x509_crt_set_key(certificate, key);
  gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0);

  gnutls_datum_t pem{};
  gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &pem);
  write_file(certificate_file, pem);
  gnutls_free(pem.data);
  gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem);
  write_file(key_file, pem);
  gnutls_free(pem.data);
  gnutls_x509_crt_deinit(certificate);
  gnutls_x509_privkey_deinit(key);
}

}  // namespace parcelwake::wire::http::testing
