#pragma once

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::http {

// A certificate chain and its private key, ready for handshakes.
class Certificate {
 public:
  // From two PEM files. The error is a sentence for the operator: unreadable, no PEM, or a key of another certificate.
  static Result<std::shared_ptr<Certificate>, std::string> load(const std::string& chain_file,
                                                                const std::string& key_file);
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  gnutls_pcert_st* chain() { return chain_.data(); }
  unsigned chain_length() const { return static_cast<unsigned>(chain_.size()); }
  gnutls_privkey_t key() const { return key_; }

 private:
  Certificate() = default;

  std::vector<gnutls_pcert_st> chain_;
  gnutls_privkey_t key_ = nullptr;
};

// The certificate that new connections get; those under way keep theirs. Thread-safe.
class CertificateStore {
 public:
  CertificateStore(std::string chain_file, std::string key_file);

  // Reads the files again. On failure the old certificate stays.
  Result<void, std::string> reload();
  // Empty before the first successful reload().
  std::shared_ptr<Certificate> current() const;

 private:
  const std::string chain_file_;
  const std::string key_file_;
  mutable std::mutex mutex_;
  std::shared_ptr<Certificate> current_;
};

}  // namespace parcelwake::wire::http
