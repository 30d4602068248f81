#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/common/meta.h"
#include "app/trackings/register_trackings.h"
#include "domain/tracking/status.h"

namespace parcelwake::api {

enum class SingleShape { Object, Array };       // data of GET …/{carrier}/{number}
enum class EventClock { Minutes, Seconds };     // how precisely an event's Date is written
enum class EmptyDestination { Absent, Nulls };  // destination_info before a parcel is handed on
enum class NoEvent { Null, EmptyText };         // lastEvent and lastUpdateTime before the first event
enum class Ageing { Expired, Exception };       // the status of a parcel under way for too long

// What sets TrackingMore v2, Tracktry v1 and Trackru v1 apart; all else they share. Each has its folder, which gives
// its defaults and says why; the configuration may change them.
struct Dialect {
  std::string_view name;
  std::vector<std::string> prefixes;             // the first path segment: "v2"
  std::vector<std::string> key_headers;          // the first one that is there holds the API key
  std::vector<std::string> other_key_headers{};  // of other dialects, looked at where none of its own is there
  std::vector<std::string> hosts;                // Host names that tell this dialect from others with its prefix
  bool is_default = true;                        // answers under its prefix where neither key header nor Host tells
  SingleShape single = SingleShape::Object;
  Meta batch_created = Meta::Ok;
  Meta created_again = Meta::Ok;  // create of a number that had been deleted
  Ageing ageing = Ageing::Expired;
  bool extra_routes = true;    // serves what only TrackingMore v2 documents
  std::size_t most_rows = 40;  // in one batch
  app::CarrierChoice carrier = app::CarrierChoice::Required;
  EventClock event_clock = EventClock::Seconds;
  EmptyDestination empty_destination = EmptyDestination::Nulls;
  NoEvent no_event = NoEvent::Null;
  std::string_view balance_too_low = message_of(Meta::BalanceTooLow);
  std::string_view balance_gone = message_of(Meta::BalanceGone);
  // The dialect's own name of a substatus; nothing where it has none.
  std::optional<std::string_view> (*substatus)(domain::Substatus) = nullptr;

  bool operator==(const Dialect&) const = default;
};

// meta.message as the dialect words it. `support`: whom its users are to ask.
std::string message_in(const Dialect& dialect, Meta meta, std::string_view support);

}  // namespace parcelwake::api
