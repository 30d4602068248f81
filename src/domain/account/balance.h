#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "domain/account/plan.h"
#include "domain/account/units.h"
#include "domain/tracking/tracking_id.h"

namespace parcelwake::domain {

// Why a balance moved. The numbers are kept in stores.
enum class LedgerKind : std::uint8_t {
  Create = 1,          // a number added
  RealtimeCreate = 2,  // a number added by asking for it in realtime
  Detect = 3,
  Remote = 4,
  AirCargo = 5,
  MonthlyGrant = 6,
  Lapse = 7,  // what was left of a grant when the next came or the trial ended
  Purchase = 8,
  Adjustment = 9,  // taken away by hand
};

// "create", "realtime-create", …, "adjustment".
std::string_view name_of(LedgerKind kind);

// What the calls cost (API pages of TrackingMore and Tracktry).
inline constexpr Units kCostOfNumber = Units::whole(1);
inline constexpr Units kCostOfDetection = Units::tenths(2);
inline constexpr Units kCostOfRemoteLookup = Units::tenths(2);
inline constexpr Units kCostOfWaybill = Units::whole(20);

// What an account can spend, never below nothing. The grant is spent first, and what is left of it lapses; purchased
// units stay until they are spent.
struct Balance {
  Units granted{};  // what is left of the grant
  Units purchased{};
  Units month_grant{};     // how much has been granted in `month`
  std::int64_t month = 0;  // the latest that was granted for, in months since the year 0

  Units total() const { return granted + purchased; }
  bool operator==(const Balance&) const = default;
};

// One movement of a balance; credits are above nothing.
struct Movement {
  LedgerKind kind = LedgerKind::Adjustment;
  Units amount{};

  bool operator==(const Movement&) const = default;
};

// Brings a balance to `now`: a new month's grant takes the place of what is left of the old one, a plan that grants
// more than this month's did adds the difference, and the end of a trial takes what is left. Says what moved, in its
// order; nothing where nothing is due, and for who is not metered. Once done, doing it again moves nothing.
std::vector<Movement> settle(Balance& balance, const Allowance& allowance, Timestamp now);

// Pays from the grant and then from what was purchased. False, and nothing changed, when there is not enough.
bool pay(Balance& balance, Units cost);

// Takes away by hand: from what was purchased and then from the grant. False, and nothing changed, when there is not
// enough.
bool take_back(Balance& balance, Units amount);

// A line of an account's ledger: a movement, what it was for, and the balance after it. The amounts of all lines of an
// account, from the first, make its balance.
struct LedgerEntry {
  std::int64_t id = 0;  // given by the store; grows with every line
  AccountId account{};
  Timestamp at{};
  LedgerKind kind = LedgerKind::Adjustment;
  Units amount{};
  std::string number{};  // the tracking that was paid for; empty for none
  std::string carrier{};
  std::string note{};
  Units balance{};  // afterwards

  bool operator==(const LedgerEntry&) const = default;
};

}  // namespace parcelwake::domain
