#include "store/codec/waybill_codec.h"

#include <gtest/gtest.h>

#include "store/contract/example_waybills.h"

namespace parcelwake::store {
namespace {

std::string bytes_of(const domain::AirShipment& shipment) {
  std::string bytes;
  append_air_shipment(shipment, bytes);
  return bytes;
}

TEST(WaybillCodec, WhatIsWrittenIsReadBack) {
  for (const auto& shipment : {domain::AirShipment{}, *full_waybill("172-00000033").shipment}) {
    domain::AirShipment read = *full_waybill("020-00000036").shipment;  // what was there before is gone
    ASSERT_TRUE(read_air_shipment(bytes_of(shipment), read));
    EXPECT_EQ(read, shipment);
  }
}

TEST(WaybillCodec, CutBytesAndFurtherOnesAreRefused) {
  const std::string bytes = bytes_of(*full_waybill("172-00000033").shipment);
  domain::AirShipment read;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(read_air_shipment(std::string_view(bytes).substr(0, length), read)) << length;
  }
  EXPECT_FALSE(read_air_shipment(bytes + '\0', read));
}

TEST(WaybillCodec, SpoiltBytesNeverCrash) {
  const std::string bytes = bytes_of(*full_waybill("172-00000033").shipment);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char spoilt : {'\0', '\x7F', '\xFF'}) {
      std::string copy = bytes;
      copy[at] = spoilt;
      domain::AirShipment read;
      if (!read_air_shipment(copy, read)) continue;
      domain::AirShipment again;
      ASSERT_TRUE(read_air_shipment(bytes_of(read), again));
      EXPECT_EQ(again, read);
    }
  }
}

}  // namespace
}  // namespace parcelwake::store
