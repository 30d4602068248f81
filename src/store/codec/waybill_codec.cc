#include "store/codec/waybill_codec.h"

#include "store/codec/bytes.h"

namespace parcelwake::store {
namespace {

using domain::AirEvent;
using domain::AirShipment;
using domain::EventTime;
using domain::Flight;
using domain::Precision;
using domain::Reading;

constexpr std::uint8_t kVersion = 1;
constexpr std::int64_t kMostOffsetMinutes = 18 * 60;

// Of a time; the two lowest bits are its precision.
constexpr std::uint8_t kPrecision = 3;
constexpr std::uint8_t kOffset = 1 << 2;
constexpr std::uint8_t kOffsetTold = 1 << 3;

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void text(const std::string& value) { out_.text(value); }
  void number(std::int64_t value) { out_.signed_varint(value); }
  void count(const std::optional<std::int64_t>& value) {
    out_.byte(value ? 1 : 0);
    if (value) out_.signed_varint(*value);
  }
  void reading(const std::optional<Reading>& value) {
    out_.byte(value ? (value->substatus ? 2 : 1) : 0);
    if (value) out_.byte(static_cast<std::uint8_t>(value->status));
    if (value && value->substatus) out_.byte(static_cast<std::uint8_t>(*value->substatus));
  }
  void time(const EventTime& value) {
    out_.byte(static_cast<std::uint8_t>(static_cast<std::uint8_t>(value.precision) | (value.offset ? kOffset : 0) |
                                        (value.offset_told ? kOffsetTold : 0)));
    if (value.precision != Precision::None) out_.signed_varint(value.wall.time_since_epoch().count());
    if (value.offset) out_.signed_varint(value.offset->east.count());
  }
  template <class Item, class Each>
  void list(const std::vector<Item>& items, Each each) {
    out_.varint(items.size());
    for (const Item& item : items) each(item);
  }

 private:
  ByteWriter out_;
};

class Reader {
 public:
  explicit Reader(std::string_view body) : in_(body) {}

  bool begins_well() { return in_.byte() == kVersion; }
  bool ended_well() const { return !in_.failed() && in_.left() == 0; }

  void text(std::string& value) { value.assign(in_.text()); }
  void number(std::int64_t& value) { value = in_.signed_varint(); }
  void count(std::optional<std::int64_t>& value) {
    value.reset();
    if (choice(2) == 1) value = in_.signed_varint();
  }
  void reading(std::optional<Reading>& value) {
    value.reset();
    const std::uint8_t parts = choice(3);
    if (parts == 0) return;
    value = Reading{static_cast<domain::Status>(choice(domain::kStatusCount)), std::nullopt};
    if (parts == 2) value->substatus = static_cast<domain::Substatus>(choice(domain::kSubstatusCount));
  }
  void time(EventTime& value) {
    value = {};
    const std::uint8_t flags = choice(2 * kOffsetTold);
    value.precision = static_cast<Precision>(flags & kPrecision);
    value.offset_told = (flags & kOffsetTold) != 0;
    if (value.precision != Precision::None) value.wall = WallTime{std::chrono::milliseconds{in_.signed_varint()}};
    if ((flags & kOffset) == 0) return;
    const std::int64_t minutes = in_.signed_varint();
    if (minutes < -kMostOffsetMinutes || minutes > kMostOffsetMinutes) return in_.fail();
    value.offset = UtcOffset{std::chrono::minutes{minutes}};
  }
  template <class Item, class Each>
  void list(std::vector<Item>& items, Each each) {
    items.clear();
    const std::uint64_t size = in_.varint();
    if (size > in_.left()) return in_.fail();  // an item takes a byte at least
    items.resize(static_cast<std::size_t>(size));
    for (Item& item : items) each(item);
  }

 private:
  // One of the numbers below `count`.
  std::uint8_t choice(std::size_t count) {
    const std::uint8_t value = in_.byte();
    if (value < count) return value;
    in_.fail();
    return 0;
  }

  ByteReader in_;
};

// The order of the bytes, for writing and reading alike.
template <class Codec, class Shipment>
void pass(Codec& codec, Shipment& shipment) {
  codec.text(shipment.weight);
  codec.count(shipment.pieces);
  codec.text(shipment.origin);
  codec.text(shipment.destination);
  codec.text(shipment.status_code);
  codec.reading(shipment.reading);
  codec.number(shipment.status_number);
  codec.text(shipment.last_event);
  codec.list(shipment.stations, [&codec](auto& station) { codec.text(station); });
  codec.list(shipment.flights, [&codec](auto& flight) {
    for (auto* text : {&flight.number, &flight.from, &flight.to}) codec.text(*text);
    for (auto* time : {&flight.planned_departure, &flight.departed, &flight.planned_arrival, &flight.arrived}) {
      codec.time(*time);
    }
  });
  codec.list(shipment.events, [&codec](auto& event) {
    codec.time(event.planned);
    codec.time(event.happened);
    for (auto* text : {&event.text, &event.station, &event.flight, &event.code, &event.pieces, &event.weight}) {
      codec.text(*text);
    }
  });
}

}  // namespace

void append_air_shipment(const AirShipment& shipment, std::string& out) {
  out.push_back(static_cast<char>(kVersion));
  Writer writer(out);
  pass(writer, shipment);
}

bool read_air_shipment(std::string_view body, AirShipment& shipment) {
  Reader reader(body);
  if (!reader.begins_well()) return false;
  pass(reader, shipment);
  return reader.ended_well();
}

}  // namespace parcelwake::store
