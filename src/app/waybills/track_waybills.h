#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/polling/open_asks.h"
#include "app/writing/write_gate.h"
#include "ports/airline_gateway.h"
#include "ports/carrier_catalogue.h"
#include "ports/clock.h"
#include "ports/waybill_store.h"

namespace parcelwake::app {

// Air waybills: what their airlines say of them now. They are no trackings: nobody's list has them, nothing polls them.
// Every dialect that has such a call checks each number with accept_waybill() and hands those that pass to
// track_waybills().

enum class WaybillRefusal {
  Missing,         // No number.
  Malformed,       // No air waybill's number, or its check digit is wrong.
  UnknownAirline,  // No airline has this prefix.
};

struct WaybillRequest {
  domain::AirWaybill number;
  const domain::Airline* airline = nullptr;  // of the catalogue; never null once accepted
};

// Whether `number`, as a person wrote it, can be asked for.
Result<WaybillRequest, WaybillRefusal> accept_waybill(std::string_view number,
                                                      const ports::CarrierCatalogue& catalogue);

// What is known of one of them.
struct WaybillOutcome {
  domain::AirWaybill number;
  const domain::Airline* airline = nullptr;
  std::optional<domain::AirShipment> shipment;  // nothing: the airline never knew it, or could never be asked
  // Why it was not asked with success: then `shipment` is what was kept of an earlier answer, if anything. Nothing when
  // the airline answered, also when it does not know the number, or was asked so lately that its answer still holds.
  std::optional<ports::CarrierFailure> failure;
};

// How long answers hold.
struct WaybillFreshness {
  std::chrono::seconds known{std::chrono::hours{2}};       // an answer with a shipment
  std::chrono::seconds unknown{std::chrono::minutes{10}};  // "no such waybill"
};

// What came of one waybill, whoever asked for it: as in WaybillOutcome. Fails when nothing could be read of what is
// kept.
struct WaybillWord {
  std::optional<domain::AirShipment> shipment;
  std::optional<ports::CarrierFailure> failure;
};
using WaybillAsks = OpenAsks<domain::AirWaybill, Result<WaybillWord, ports::StoreError>>;

struct WaybillServices {
  ports::AirlineGateway& gateway;
  WriteGate& writes;
  WaybillAsks& asks;
  ports::Clock& clock;
  WaybillFreshness freshness;
};

// Tells what the airlines say. A number whose kept answer still holds is not asked for again, whoever asked the first
// time, nor is one that somebody asks for just now; the others are asked all at once, and what they say is kept. Calls
// back once, with one outcome a request in their order: at once or, when somebody is asked, later from another thread.
// No thread waits meanwhile, and one number never harms another. Fails only when nothing can be read from `kept`;
// `kept` is not used once this has returned.
//
// `language` (two lower-case letters or empty) is passed on to the airlines; a kept answer stays as it was told.
using WaybillsDone = std::function<void(Result<std::vector<WaybillOutcome>, ports::StoreError>)>;
void track_waybills(std::vector<WaybillRequest> requests, const std::string& language, ports::WaybillReader& kept,
                    const WaybillServices& services, WaybillsDone done);

}  // namespace parcelwake::app
