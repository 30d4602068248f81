#include "api/trackru_v1/dialect.h"

#include "api/common/v1_substatus.h"

namespace parcelwake::api {

const Dialect& trackru_v1() {
  static const Dialect kDialect{
      .name = "trackru-v1",
      .prefixes = {"v1"},
      .key_headers = {"Api-Key"},
      .hosts = {"api.trackru.ru", "api.parceltrack.ru"},
      .is_default = false,
      .single = SingleShape::Array,
      .batch_created = Meta::Ok,
      .carrier = app::CarrierChoice::Required,
      .event_clock = EventClock::Minutes,
      .empty_destination = EmptyDestination::Nulls,
      .no_event = NoEvent::EmptyText,
      .substatus = v1_substatus,
  };
  return kDialect;
}

}  // namespace parcelwake::api
