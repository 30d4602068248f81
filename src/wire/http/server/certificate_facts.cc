#include "wire/http/server/certificate_facts.h"

#include <arpa/inet.h>
#include <gnutls/x509.h>

#include <array>
#include <fstream>
#include <iterator>

#include "wire/http/server/certificate.h"

namespace parcelwake::wire::http {
namespace {

// A certificate of gnutls's, for as long as a function takes.
class Parsed {
 public:
  Parsed() { gnutls_x509_crt_init(&handle_); }
  ~Parsed() { gnutls_x509_crt_deinit(handle_); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;

  gnutls_x509_crt_t handle() const { return handle_; }

 private:
  gnutls_x509_crt_t handle_ = nullptr;
};

std::string address_text(const std::array<char, 1024>& bytes, std::size_t size) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = size == 4 ? AF_INET : AF_INET6;
  return inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr ? "" : text.data();
}

std::vector<std::string> names_in(gnutls_x509_crt_t certificate) {
  std::vector<std::string> names;
  std::array<char, 1024> bytes{};
  for (unsigned i = 0;; ++i) {
    std::size_t size = bytes.size();
    const int kind = gnutls_x509_crt_get_subject_alt_name(certificate, i, bytes.data(), &size, nullptr);
    if (kind < 0) break;
    if (kind == GNUTLS_SAN_DNSNAME) names.emplace_back(bytes.data(), size);
    if (kind == GNUTLS_SAN_IPADDRESS) names.push_back(address_text(bytes, size));
  }
  std::size_t size = bytes.size();
  if (names.empty() &&
      gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, bytes.data(), &size) == 0) {
    names.emplace_back(bytes.data(), size);
  }
  return names;
}

}  // namespace

Result<CertificateFacts, std::string> read_certificate_facts(const std::string& chain_file,
                                                             const std::string& key_file) {
  const auto fit = Certificate::load(chain_file, key_file);
  if (!fit) return fail(fit.error());
  std::ifstream in(chain_file, std::ios::binary);
  std::string pem{std::istreambuf_iterator<char>(in), {}};
  const gnutls_datum_t bytes{reinterpret_cast<unsigned char*>(pem.data()), static_cast<unsigned>(pem.size())};
  const Parsed certificate;
  if (const int error = gnutls_x509_crt_import(certificate.handle(), &bytes, GNUTLS_X509_FMT_PEM); error < 0) {
    return fail("TLS certificate " + chain_file + ": " + gnutls_strerror(error));
  }
  return CertificateFacts{names_in(certificate.handle()),
                          from_unix_seconds(gnutls_x509_crt_get_activation_time(certificate.handle())),
                          from_unix_seconds(gnutls_x509_crt_get_expiration_time(certificate.handle()))};
}

}  // namespace parcelwake::wire::http
