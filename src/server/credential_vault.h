#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret_box.h"
#include "carriers/asking/settings.h"
#include "ports/random.h"

namespace parcelwake::server {

// Carriers' credentials by the section of the configuration that they belong to.
using StoredCredentials = std::map<std::string, carriers::Credentials, std::less<>>;

// Credentials that `carrier setup` keeps in the data directory, encrypted. The key is what PARCELWAKE_SECRET_KEY says
// (64 hex digits, or "file:PATH" of a file with such), else a file beside them that only its owner may read, made when
// it is first needed. Errors are sentences for a person and show no secret.
//
// Safe beside others that do the same, in this process or another: a writer holds the directory, a reader finds the
// old file or the new one.
class CredentialVault {
 public:
  // `key_setting` is the value of PARCELWAKE_SECRET_KEY; empty: not set.
  CredentialVault(std::string data_directory, std::string key_setting);

  // The vault of a data directory with the key that the environment names.
  static CredentialVault of(std::string data_directory);

  // Empty when nothing is kept, also where there is no such directory.
  Result<StoredCredentials, std::string> load() const;

  // Puts these in place of what is kept for `section`; durable when it returns. The directory must be there.
  Result<void, std::string> store(const std::string& section, const carriers::Credentials& credentials,
                                  ports::Random& random) const;

  // Whether anything was kept for `section`; it is gone when this returns.
  Result<bool, std::string> remove(const std::string& section, ports::Random& random) const;

  // Another text after every change of what is kept, or of its key; cheap enough to be asked every second.
  std::string state() const;

 private:
  Result<std::optional<SecretKey>, std::string> key() const;
  Result<SecretKey, std::string> key_for_writing(ports::Random& random) const;
  Result<void, std::string> write(const StoredCredentials& all, ports::Random& random) const;

  std::string directory_;
  std::string file_;
  std::string key_file_;
  std::string key_setting_;
};

// `configured` with what is kept where the configuration says nothing: of each credential the configuration's wins.
carriers::CarrierSettingsBySection with_stored(carriers::CarrierSettingsBySection configured,
                                               const StoredCredentials& stored);

}  // namespace parcelwake::server
