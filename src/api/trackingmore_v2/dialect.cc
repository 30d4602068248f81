#include "api/trackingmore_v2/dialect.h"

namespace parcelwake::api {

const Dialect& trackingmore_v2() {
  static const Dialect kDialect{
      .name = "trackingmore-v2",
      .prefixes = {"v2"},
      // Clients of the sister brand 51tracking and of v3 send the second.
      .key_headers = {"Trackingmore-Api-Key", "Tracking-Api-Key"},
      .hosts = {"api.trackingmore.com", "api.51tracking.com"},
      .single = SingleShape::Object,
      .batch_created = Meta::Created,  // recorded in 2017 and 2019
      .carrier = app::CarrierChoice::Required,
      .event_clock = EventClock::Seconds,
      .empty_destination = EmptyDestination::Absent,
      .no_event = NoEvent::Null,
      .balance_too_low = "Your balance is insufficient, please recharge in time",
      .balance_gone =
          "Remaining quota is deficient, or the 7-day free trial has expired. To continue using API, please "
          "recharge first.",
      .substatus = [](domain::Substatus substatus) -> std::optional<std::string_view> {
        return domain::name_of(substatus);
      },
  };
  return kDialect;
}

}  // namespace parcelwake::api
