#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace parcelwake::wire::http {

// What a certificate file says of itself.
struct CertificateFacts {
  std::vector<std::string> names;  // host names and addresses it is for; its common name where it lists none
  Timestamp not_before{};
  Timestamp not_after{};
};

// The first certificate of a chain, once it and its key are found fit to be served with. Both files are PEM. The error
// is a sentence for the operator: unreadable, no PEM, or a key of another certificate.
Result<CertificateFacts, std::string> read_certificate_facts(const std::string& chain_file,
                                                             const std::string& key_file);

}  // namespace parcelwake::wire::http
