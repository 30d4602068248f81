#include "domain/account/balance.h"

#include <algorithm>
#include <chrono>

namespace parcelwake::domain {
namespace {

std::int64_t month_of(Timestamp instant) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(instant));
  return std::int64_t{static_cast<int>(date.year())} * 12 + static_cast<unsigned>(date.month()) - 1;
}

bool take(Units& first, Units& second, Units amount) {
  if (amount < Units{} || first + second < amount) return false;
  const Units from_first = std::min(first, amount);
  first -= from_first;
  second -= amount - from_first;
  return true;
}

void lapse(Balance& balance, std::vector<Movement>& moved) {
  if (balance.granted > Units{}) moved.push_back({LedgerKind::Lapse, -balance.granted});
  balance.granted = {};
}

}  // namespace

std::string_view name_of(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::Create:
      return "create";
    case LedgerKind::RealtimeCreate:
      return "realtime-create";
    case LedgerKind::Detect:
      return "detect";
    case LedgerKind::Remote:
      return "remote";
    case LedgerKind::AirCargo:
      return "aircargo";
    case LedgerKind::MonthlyGrant:
      return "monthly-grant";
    case LedgerKind::Lapse:
      return "lapse";
    case LedgerKind::Purchase:
      return "purchase";
    case LedgerKind::Adjustment:
      return "adjustment";
  }
  return "unknown";
}

std::vector<Movement> settle(Balance& balance, const Allowance& allowance, Timestamp now) {
  std::vector<Movement> moved;
  if (!allowance.metered) return moved;
  if (now >= allowance.ends) {
    lapse(balance, moved);
    balance.month_grant = {};  // a plan taken afterwards grants anew
    return moved;
  }
  const std::int64_t month = month_of(now);
  if (month > balance.month) {
    lapse(balance, moved);
    balance.month_grant = {};
    balance.month = month;
  }
  if (allowance.monthly > balance.month_grant) {
    const Units granted = allowance.monthly - balance.month_grant;
    moved.push_back({LedgerKind::MonthlyGrant, granted});
    balance.granted += granted;
    balance.month_grant = allowance.monthly;
  }
  return moved;
}

bool pay(Balance& balance, Units cost) { return take(balance.granted, balance.purchased, cost); }

bool take_back(Balance& balance, Units amount) { return take(balance.purchased, balance.granted, amount); }

}  // namespace parcelwake::domain
