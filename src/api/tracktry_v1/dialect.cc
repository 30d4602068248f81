#include "api/tracktry_v1/dialect.h"

#include "api/common/v1_substatus.h"

namespace parcelwake::api {

const Dialect& tracktry_v1() {
  static const Dialect kDialect{
      .name = "tracktry-v1",
      .prefixes = {"v1"},
      .key_headers = {"Tracktry-Api-Key"},
      .hosts = {"api.tracktry.com"},
      .single = SingleShape::Array,  // its clients read data[0]
      .batch_created = Meta::Ok,     // a client accepts nothing else
      .carrier = app::CarrierChoice::DetectedWhenMissing,
      .event_clock = EventClock::Minutes,
      .empty_destination = EmptyDestination::Nulls,
      .no_event = NoEvent::EmptyText,
      .substatus = v1_substatus,
  };
  return kDialect;
}

}  // namespace parcelwake::api
