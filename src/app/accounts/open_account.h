#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/account/account.h"
#include "ports/account_store.h"
#include "ports/random.h"

namespace parcelwake::app {

enum class AccountError {
  EmailMalformed,  // Not of the form a@b, or longer than 254.
  EmailTaken,
  PhoneMalformed,  // Not of digits and "+ -()./", or longer than 32.
  AccountUnknown,
  KeyMalformed,  // Empty, longer than 256, or with control characters.
  KeyTaken,      // Registered already, by this account or another, revoked or not.
  KeyUnknown,
  StoreFailed,
};

// What to tell the person at the keyboard.
std::string_view describe(AccountError error);

// Whether a text is a telephone number as people write it; an empty one is: not told.
bool is_phone(std::string_view text);

struct NewAccount {
  domain::Account account;
  std::string api_key;  // told once, kept as a digest
};

// A new account with a first API key. Its id comes from the store and its created_at is `now`, whatever `wanted` says.
Result<NewAccount, AccountError> open_account(domain::Account wanted, ports::AccountStore& store, ports::Random& random,
                                              Timestamp now);

struct NewKey {
  domain::ApiKey key;
  std::string api_key;
};

// A further key: a fresh one, or (import) one that a client has built in, spaces and all; but not those at its ends,
// which no header can carry.
Result<NewKey, AccountError> create_key(domain::AccountId account, ports::AccountStore& store, ports::Random& random,
                                        Timestamp now, domain::PermissionSet permissions = domain::kAllPermissions);
Result<NewKey, AccountError> import_key(domain::AccountId account, std::string_view text, ports::AccountStore& store,
                                        Timestamp now, domain::PermissionSet permissions = domain::kAllPermissions);
Result<void, AccountError> revoke_key(domain::AccountId account, domain::ApiKeyId key, ports::AccountStore& store);

}  // namespace parcelwake::app
