#include "app/accounts/change_account.h"

namespace parcelwake::app {

Result<domain::Account, AccountError> change_account(domain::AccountId id, const AccountPatch& patch,
                                                     ports::AccountStore& store) {
  if (patch.phone && !is_phone(*patch.phone)) return fail(AccountError::PhoneMalformed);
  const auto changed = store.update_account(id, [&](domain::Account& account) {
    account.plan = patch.plan.value_or(account.plan);
    account.phone = patch.phone.value_or(account.phone);
    account.time_zone = patch.time_zone.value_or(account.time_zone);
    account.blocked = patch.blocked.value_or(account.blocked);
    account.features_off = (account.features_off | patch.switch_off).without(patch.switch_on);
  });
  if (!changed) return fail(AccountError::StoreFailed);
  if (!*changed) return fail(AccountError::AccountUnknown);
  return **changed;
}

}  // namespace parcelwake::app
