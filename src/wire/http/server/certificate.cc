#include "wire/http/server/certificate.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <utility>

namespace parcelwake::wire::http {

namespace {

constexpr unsigned kLongestChain = 16;

// gnutls tells a key that belongs to another certificate only when both go into credentials.
int check_pair(const std::string& chain_file, const std::string& key_file) {
  gnutls_certificate_credentials_t credentials = nullptr;
  const int allocated = gnutls_certificate_allocate_credentials(&credentials);
  if (allocated < 0) return allocated;
  const int set =
      gnutls_certificate_set_x509_key_file(credentials, chain_file.c_str(), key_file.c_str(), GNUTLS_X509_FMT_PEM);
  gnutls_certificate_free_credentials(credentials);
  return set;
}

int import_chain(const std::string& file, std::vector<gnutls_pcert_st>& chain) {
  chain.resize(kLongestChain);
  unsigned length = kLongestChain;
  const int done =
      gnutls_pcert_list_import_x509_file(chain.data(), &length, file.c_str(), GNUTLS_X509_FMT_PEM, nullptr, nullptr, 0);
  chain.resize(done < 0 ? 0 : length);
  return done;
}

int import_key(const std::string& file, gnutls_privkey_t& key) {
  std::ifstream in(file, std::ios::binary);
  std::string pem{std::istreambuf_iterator<char>(in), {}};
  const gnutls_datum_t bytes{reinterpret_cast<unsigned char*>(pem.data()), static_cast<unsigned>(pem.size())};
  const int made = gnutls_privkey_init(&key);
  return made < 0 ? made : gnutls_privkey_import_x509_raw(key, &bytes, GNUTLS_X509_FMT_PEM, nullptr, 0);
}

}  // namespace

Result<std::shared_ptr<Certificate>, std::string> Certificate::load(const std::string& chain_file,
                                                                    const std::string& key_file) {
  const auto refuse = [&](int error) {
    return fail(fmt::format("TLS certificate {} with key {}: {}", chain_file, key_file, gnutls_strerror(error)));
  };
  if (const int error = check_pair(chain_file, key_file); error < 0) return refuse(error);
  std::shared_ptr<Certificate> certificate(new Certificate);
  if (const int error = import_chain(chain_file, certificate->chain_); error < 0) return refuse(error);
  if (const int error = import_key(key_file, certificate->key_); error < 0) return refuse(error);
  return certificate;
}

Certificate::~Certificate() {
  for (gnutls_pcert_st& one : chain_) gnutls_pcert_deinit(&one);
  if (key_ != nullptr) gnutls_privkey_deinit(key_);
}

CertificateStore::CertificateStore(std::string chain_file, std::string key_file)
    : chain_file_(std::move(chain_file)), key_file_(std::move(key_file)) {}

Result<void, std::string> CertificateStore::reload() {
  auto loaded = Certificate::load(chain_file_, key_file_);
  if (!loaded) return fail(std::move(loaded).error());
  const std::lock_guard lock(mutex_);
  current_ = std::move(loaded).value();
  return {};
}

std::shared_ptr<Certificate> CertificateStore::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace parcelwake::wire::http
