#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "cli/doctor/checks.h"
#include "server/data_directory.h"
#include "wire/http/server/listener.h"

namespace parcelwake::cli {
namespace {

using std::chrono::hours;

constexpr hours kRenewWithin{21 * 24};

Finding check_address(const std::string& text, bool served) {
  const auto address = server::parse_listen_address(text);
  if (!address) return {Grade::Problem, "listen", address.error(), "mend [server] listen"};
  const auto socket = wire::http::listen_on(address->host, address->port);
  if (socket) {
    ::close(*socket);
    return {Grade::Ok, "listen", text + " is free", ""};
  }
  if (served) return {Grade::Ok, "listen", text + " is in use while a server runs on this data directory", ""};
  return {Grade::Problem, "listen", socket.error(),
          "stop what listens there ('ss -ltnp' tells), or choose another address"};
}

}  // namespace

Finding judge_certificate(const wire::http::CertificateFacts& facts, Timestamp now) {
  std::string names;
  for (const std::string& name : facts.names) names += (names.empty() ? "" : ", ") + name;
  const std::string until = fmt::format("for {}, until {}", names, to_iso(facts.not_after, UtcOffset{}));
  if (now > facts.not_after) return {Grade::Problem, "tls", "the certificate has expired: " + until, "renew it"};
  if (now < facts.not_before) {
    return {Grade::Problem, "tls", "the certificate is not valid before " + to_iso(facts.not_before, UtcOffset{}),
            "check the clock, or wait"};
  }
  if (facts.not_after - now < kRenewWithin) {
    return {Grade::Warning, "tls", "the certificate expires soon: " + until, "renew it and send SIGHUP"};
  }
  return {Grade::Ok, "tls", until, ""};
}

Findings check_listening(const server::Configuration& configuration, const std::string& data_directory, Timestamp now) {
  Findings findings;
  const bool served = server::is_served(data_directory);
  for (const std::string& address : {configuration.listen, configuration.tls_listen}) {
    if (!address.empty()) findings.push_back(check_address(address, served));
  }
  if (findings.empty()) {
    findings.push_back({Grade::Problem, "listen", "there is no address to listen on", "set [server] listen"});
  }
  if (configuration.tls_listen.empty()) return findings;
  const auto facts = wire::http::read_certificate_facts(configuration.tls_cert, configuration.tls_key);
  findings.push_back(facts ? judge_certificate(*facts, now)
                           : Finding{Grade::Problem, "tls", facts.error(), "mend [server] tls_cert and tls_key"});
  return findings;
}

}  // namespace parcelwake::cli
