#include "app/accounts/open_account.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::app {
namespace {

bool looks_like_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.size() > 254) return false;
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

// The shape of a UUID, which is what clients of these services expect a key to look like; 128 random bits.
std::string fresh_key_text(ports::Random& random) {
  std::string bytes;
  for (const std::uint64_t half : {random.bits(), random.bits()}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(half >> shift));
  }
  std::string text = ascii::to_hex(bytes);
  for (const std::size_t at : {std::size_t{20}, std::size_t{16}, std::size_t{12}, std::size_t{8}})
    text.insert(at, 1, '-');
  return text;
}

Result<NewKey, AccountError> add_key(domain::AccountId account, std::string text, ports::AccountStore& store,
                                     Timestamp now, domain::PermissionSet permissions) {
  const auto known = store.find_account(account);
  if (!known) return fail(AccountError::StoreFailed);
  if (!*known) return fail(AccountError::AccountUnknown);
  domain::ApiKey key{.id = {},
                     .account = account,
                     .digest = sha256(text),
                     .hint = text.size() >= 8 ? text.substr(text.size() - 4) : std::string{},
                     .created_at = now,
                     .revoked = false,
                     .permissions = permissions};
  auto added = store.add_key(key);
  if (!added) return fail(AccountError::StoreFailed);
  if (!*added) return fail(AccountError::KeyTaken);
  return NewKey{.key = **std::move(added), .api_key = std::move(text)};
}

}  // namespace

bool is_phone(std::string_view text) {
  return text.size() <= 32 && text.find_first_not_of("+0123456789 -()./") == std::string_view::npos;
}

std::string_view describe(AccountError error) {
  switch (error) {
    case AccountError::EmailMalformed:
      return "that is no e-mail address";
    case AccountError::EmailTaken:
      return "an account with that e-mail address exists already; 'parcelwake account list' shows it";
    case AccountError::PhoneMalformed:
      return "that is no telephone number; write one such as +86 755 1234567";
    case AccountError::AccountUnknown:
      return "there is no account with that id; 'parcelwake account list' shows them";
    case AccountError::KeyMalformed:
      return "a key has 1 to 256 characters, none of them a control character";
    case AccountError::KeyTaken:
      return "that key is registered already";
    case AccountError::KeyUnknown:
      return "the account has no such key; 'parcelwake key list' shows them";
    case AccountError::StoreFailed:
      return "the store could not be read or written";
  }
  return "";
}

Result<NewAccount, AccountError> open_account(domain::Account wanted, ports::AccountStore& store, ports::Random& random,
                                              Timestamp now) {
  if (!looks_like_email(wanted.email)) return fail(AccountError::EmailMalformed);
  if (!is_phone(wanted.phone)) return fail(AccountError::PhoneMalformed);
  const auto known = store.find_account_by_email(wanted.email);
  if (!known) return fail(AccountError::StoreFailed);
  if (*known) return fail(AccountError::EmailTaken);
  wanted.created_at = now;
  auto account = store.add_account(wanted);
  if (!account) return fail(AccountError::StoreFailed);
  auto key = create_key(account->id, store, random, now);
  if (!key) return fail(key.error());
  return NewAccount{.account = *std::move(account), .api_key = std::move(key->api_key)};
}

Result<NewKey, AccountError> create_key(domain::AccountId account, ports::AccountStore& store, ports::Random& random,
                                        Timestamp now, domain::PermissionSet permissions) {
  return add_key(account, fresh_key_text(random), store, now, permissions);
}

Result<NewKey, AccountError> import_key(domain::AccountId account, std::string_view text, ports::AccountStore& store,
                                        Timestamp now, domain::PermissionSet permissions) {
  text = ascii::trimmed(text);
  const bool clean =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (text.empty() || text.size() > 256 || !clean) return fail(AccountError::KeyMalformed);
  return add_key(account, std::string(text), store, now, permissions);
}

Result<void, AccountError> revoke_key(domain::AccountId account, domain::ApiKeyId key, ports::AccountStore& store) {
  const auto revoked = store.revoke_key(account, key);
  if (!revoked) return fail(AccountError::StoreFailed);
  if (!*revoked) return fail(AccountError::KeyUnknown);
  return {};
}

}  // namespace parcelwake::app
