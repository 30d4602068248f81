#include "carriers/engine/common_words.h"

#include <re2/re2.h>

namespace parcelwake::carriers {
namespace {

RE2::Options ignoring_case() {
  RE2::Options options;
  options.set_case_sensitive(false);
  return options;
}

bool says(std::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

}  // namespace

std::optional<domain::Reading> delivered_elsewhere(std::string_view description) {
  using domain::Reading;
  using domain::Status;
  using domain::Substatus;
  static const RE2 kToSender(
      R"((deliver|return|hand|g[ia]ve)\w*\b[^.;]{0,40}\bto (the |its )?(original )?(sender|shipper)\b)"
      R"(|\ban (den )?absender\b|à l['’]expéditeur|\bal (remitente|mittente)\b|\bdo nadawcy\b|\bafzender\b)",
      ignoring_case());
  static const RE2 kToShop(
      R"(\bdelivered (to|at|in) [^.;,]{0,40}\b(parcel ?shop|locker|packstation|pick-?up (point|location|station))"
      R"(|service ?point|access point|collection point|drop-?off point)\b)",
      ignoring_case());
  if (says(description, kToSender)) return Reading{Status::Exception, Substatus::Returned};
  // A mailbox with lockers beside it is the recipient's own.
  static const RE2 kOwnBox(R"(mailbox|\bp\.? ?o\.? box)", ignoring_case());
  if (says(description, kToShop) && !says(description, kOwnBox))
    return Reading{Status::Pickup, Substatus::AvailableForPickup};
  return std::nullopt;
}

bool is_notice(std::string_view description) {
  static const RE2 kNotice(
      R"(\b(sms|text message|e-?mail|push notification)\b.{0,40}\b(sent|notif)|\b(sent|notif)\w*\b.{0,40}\b(sms|e-?mail)\b)"
      R"(|\bnotification (was |has been )?sent\b|\bsignature image\b|image de la signature|\bsender (was |has been )?notified\b)",
      ignoring_case());
  return says(description, kNotice);
}

}  // namespace parcelwake::carriers
