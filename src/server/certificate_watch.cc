#include "server/certificate_watch.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "base/observe/log.h"

namespace parcelwake::server {

CertificateWatch::CertificateWatch(std::vector<std::string> files, std::function<Result<void, std::string>()> reload)
    : files_(std::move(files)), reload_(std::move(reload)), loaded_(stamp()) {}

std::string CertificateWatch::stamp() const {
  std::string text;
  for (const std::string& file : files_) {
    struct stat state {};
    if (::stat(file.c_str(), &state) != 0) state = {};
    text += fmt::format("{}:{}:{}.{} ", state.st_ino, state.st_size, state.st_mtim.tv_sec, state.st_mtim.tv_nsec);
  }
  return text;
}

void CertificateWatch::look() {
  static log::Throttle throttle(std::chrono::minutes{1});
  std::string now = stamp();
  if (now == loaded_) return;
  if (const auto reloaded = reload_(); !reloaded) {
    log::throttled(throttle, log::Level::Error, "tls", "the certificate stays as it was: {}", reloaded.error());
    return;
  }
  loaded_ = std::move(now);
  log::info("tls", "certificate changed and read again");
}

}  // namespace parcelwake::server
