#pragma once

#include <string>

#include "base/time.h"
#include "carriers/asking/settings.h"
#include "cli/doctor/finding.h"
#include "server/configuration.h"
#include "wire/http/server/certificate_facts.h"

namespace parcelwake::cli {

// Each looks at one side of an installation and changes nothing.

// The directory's place, owner, mode and file system, whether a server holds it, and the database inside.
Findings check_data_directory(const std::string& path);

// Clock, time zones and the limit of open files.
Findings check_system(Timestamp now, const std::string& data_directory);

// Whether its addresses are free, or held by the server that serves `data_directory`; its certificate.
Findings check_listening(const server::Configuration& configuration, const std::string& data_directory, Timestamp now);

// Endpoints that are disabled or fail at present; nothing where there is no database that can be read.
Findings check_webhooks(const std::string& data_directory);

// How a certificate that can be read stands at `now`.
Finding judge_certificate(const wire::http::CertificateFacts& facts, Timestamp now);

// Connectors, stored credentials, and for each carrier what it lacks. With `network` the hosts of those that can be
// asked are connected to; that takes seconds.
Findings check_carriers(const server::Configuration& configuration, const std::string& data_directory, bool network);

}  // namespace parcelwake::cli
