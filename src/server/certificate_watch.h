#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace parcelwake::server {

// Notices that the files of a certificate were replaced. Used by one thread.
class CertificateWatch {
 public:
  // `reload` reads them again; its error is a sentence for the operator.
  CertificateWatch(std::vector<std::string> files, std::function<Result<void, std::string>()> reload);

  // Looks once. Files that do not fit together yet, because one has been replaced and the other not, are tried again
  // at every look; that is logged now and then.
  void look();

 private:
  std::string stamp() const;  // another one when a file has been replaced or written to

  const std::vector<std::string> files_;
  const std::function<Result<void, std::string>()> reload_;
  std::string loaded_;
};

}  // namespace parcelwake::server
