#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/configuration.h"

namespace parcelwake::server {

// A whole server over one data directory. One in a process.
class Application {
 public:
  // Opens and recovers the store, then listens. The error is what to tell the person who started it.
  static Result<std::unique_ptr<Application>, std::string> start(const Configuration& configuration,
                                                                 const std::string& data_directory);
  ~Application();

  // Where it listens: "http://127.0.0.1:8080", with HTTPS too joined by " and ".
  const std::string& addresses() const;

  // Reads certificate and key again, for new connections. Logs what it cannot read.
  void reload_certificate();

  // From now on /readyz says that the server will stop; it goes on serving.
  void announce_stop();

  // Lets requests under way finish, keeps what they acknowledge, and ends all threads.
  void stop();

 private:
  struct Parts;
  explicit Application(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

// Serves until SIGTERM or SIGINT; SIGHUP reloads the certificate, which is also read again when its files change.
// `ready` is called with addresses() once it listens. To be called from the main thread before any other thread exists.
Result<void, std::string> serve(const Configuration& configuration, const std::string& data_directory,
                                const std::function<void(const std::string&)>& ready);

}  // namespace parcelwake::server
