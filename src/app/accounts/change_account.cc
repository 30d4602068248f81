#include "app/accounts/change_account.h"

namespace parcelwake::app {

Result<domain::Account, AccountError> change_account(domain::AccountId id, const AccountPatch& patch,
                                                     ports::AccountStore& store) {
  if (patch.phone && !is_phone(*patch.phone)) return fail(AccountError::PhoneMalformed);
  const auto found = store.find_account(id);
  if (!found) return fail(AccountError::StoreFailed);
  if (!*found) return fail(AccountError::AccountUnknown);
  domain::Account account = **found;
  account.plan = patch.plan.value_or(account.plan);
  account.phone = patch.phone.value_or(account.phone);
  account.time_zone = patch.time_zone.value_or(account.time_zone);
  account.blocked = patch.blocked.value_or(account.blocked);
  account.features_off = (account.features_off | patch.switch_off).without(patch.switch_on);
  const auto updated = store.update_account(account);
  if (!updated) return fail(AccountError::StoreFailed);
  if (!*updated) return fail(AccountError::AccountUnknown);
  return account;
}

}  // namespace parcelwake::app
