#include "server/credential_vault.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/ascii.h"
#include "server/owned_file.h"

namespace parcelwake::server {
namespace {

constexpr const char* kFile = "credentials";
constexpr const char* kKeyFile = "credentials.key";
constexpr std::string_view kHeading = "parcelwake credentials 1\n";

std::optional<SecretKey> key_from_hex(std::string_view text) {
  std::string bytes;
  SecretKey key{};
  if (!ascii::from_hex(ascii::trimmed(text), bytes) || bytes.size() != key.size()) return std::nullopt;
  std::memcpy(key.data(), bytes.data(), key.size());
  return key;
}

template <class Array>
Array drawn(ports::Random& random) {
  Array bytes{};
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    const std::uint64_t bits = random.bits();
    std::memcpy(bytes.data() + i, &bits, sizeof(bits));
  }
  return bytes;
}

// A line for each credential: section, name and value, the latter two in hex.
std::string lines_of(const StoredCredentials& all) {
  std::string lines;
  for (const auto& [section, credentials] : all) {
    for (const auto& [name, value] : credentials) {
      lines += section + "\t" + ascii::to_hex(name) + "\t" + ascii::to_hex(value) + "\n";
    }
  }
  return lines;
}

std::optional<StoredCredentials> from_lines(std::string_view lines) {
  StoredCredentials all;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    std::string name;
    std::string value;
    if (end == std::string_view::npos || first == std::string_view::npos || second == std::string_view::npos ||
        !ascii::from_hex(line.substr(first + 1, second - first - 1), name) ||
        !ascii::from_hex(line.substr(second + 1), value)) {
      return std::nullopt;
    }
    all[std::string(line.substr(0, first))][name] = value;
    lines.remove_prefix(end + 1);
  }
  return all;
}

std::string stamp(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return "none";
  return fmt::format("{} {} {}.{}", found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
}

}  // namespace

CredentialVault::CredentialVault(std::string data_directory, std::string key_setting)
    : directory_(std::move(data_directory)),
      file_(directory_ + "/" + kFile),
      key_file_(directory_ + "/" + kKeyFile),
      key_setting_(std::move(key_setting)) {}

CredentialVault CredentialVault::of(std::string data_directory) {
  const char* setting = std::getenv("PARCELWAKE_SECRET_KEY");
  return {std::move(data_directory), setting == nullptr ? "" : setting};
}

// Nothing: there is none yet.
Result<std::optional<SecretKey>, std::string> CredentialVault::key() const {
  const bool named = key_setting_.starts_with("file:");
  if (!key_setting_.empty() && !named) {
    const auto key = key_from_hex(key_setting_);
    if (!key) return fail(std::string("PARCELWAKE_SECRET_KEY must be 64 hex digits, or file:PATH of a file with such"));
    return std::optional(*key);
  }
  const std::string path = named ? key_setting_.substr(5) : key_file_;
  std::error_code error;
  if (!named && !std::filesystem::exists(path, error) && !error) return std::optional<SecretKey>{};
  const auto text = read_file(path);
  if (!text) return fail("cannot read the key of the stored credentials, " + path);
  const auto key = key_from_hex(*text);
  if (!key) return fail(path + " must hold 64 hex digits, the key of the stored credentials");
  return std::optional(*key);
}

Result<SecretKey, std::string> CredentialVault::key_for_writing(ports::Random& random) const {
  const auto present = key();
  if (!present) return fail(present.error());
  if (*present) return **present;
  const auto fresh = drawn<SecretKey>(random);
  const std::string hex = ascii::to_hex({reinterpret_cast<const char*>(fresh.data()), fresh.size()});
  if (const auto kept = replace_file(directory_, kKeyFile, hex + "\n"); !kept) return fail(kept.error());
  return fresh;
}

Result<StoredCredentials, std::string> CredentialVault::load() const {
  std::error_code error;
  if (!std::filesystem::exists(file_, error) && !error) return StoredCredentials{};
  const auto text = read_file(file_);
  if (!text) return fail("cannot read " + file_);
  if (!text->starts_with(kHeading)) return fail(file_ + " is no file of credentials that this program knows");
  const auto secret = key();
  if (!secret) return fail(secret.error());
  const std::string why = file_ +
                          " cannot be opened with this key: set PARCELWAKE_SECRET_KEY as it was when they were "
                          "stored, or remove the file and run 'parcelwake carrier setup' again";
  if (!*secret) return fail(why);
  const auto lines = unseal(std::string_view(*text).substr(kHeading.size()), **secret);
  auto all = lines ? from_lines(*lines) : std::nullopt;
  if (!all) return fail(why);
  return *std::move(all);
}

Result<void, std::string> CredentialVault::write(const StoredCredentials& all, ports::Random& random) const {
  const auto secret = key_for_writing(random);
  if (!secret) return fail(secret.error());
  const std::string sealed = seal(lines_of(all), *secret, drawn<SecretNonce>(random));
  return replace_file(directory_, kFile, std::string(kHeading) + sealed);
}

Result<void, std::string> CredentialVault::store(const std::string& section, const carriers::Credentials& credentials,
                                                 ports::Random& random) const {
  const DirectoryHold hold(directory_);
  if (!hold.held()) return fail("cannot open the directory " + directory_);
  auto all = load();
  if (!all) return fail(all.error());
  (*all)[section] = credentials;
  return write(*all, random);
}

Result<bool, std::string> CredentialVault::remove(const std::string& section, ports::Random& random) const {
  const DirectoryHold hold(directory_);
  if (!hold.held()) return fail("cannot open the directory " + directory_);
  auto all = load();
  if (!all) return fail(all.error());
  if (all->erase(section) == 0) return false;
  if (const auto written = write(*all, random); !written) return fail(written.error());
  return true;
}

std::string CredentialVault::state() const { return stamp(file_) + " " + stamp(key_file_); }

carriers::CarrierSettingsBySection with_stored(carriers::CarrierSettingsBySection configured,
                                               const StoredCredentials& stored) {
  for (const auto& [section, credentials] : stored) {
    carriers::CarrierSettings& settings = configured[section];
    for (const auto& [name, value] : credentials) {
      std::string& used = settings.credentials[name];
      if (!used.empty()) continue;
      used = value;
      settings.credential_sources[name] = "'parcelwake carrier setup', kept in the data directory";
    }
  }
  return configured;
}

}  // namespace parcelwake::server
