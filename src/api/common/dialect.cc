#include "api/common/dialect.h"

namespace parcelwake::api {

std::string message_in(const Dialect& dialect, Meta meta, std::string_view support) {
  switch (meta) {
    case Meta::FeatureOff:
      return std::string(message_of(meta)).append(" Contact ").append(support).append(" for more information.");
    case Meta::BalanceTooLow:
      return std::string(dialect.balance_too_low);
    case Meta::BalanceGone:
      return std::string(dialect.balance_gone);
    default:
      return std::string(message_of(meta));
  }
}

}  // namespace parcelwake::api
