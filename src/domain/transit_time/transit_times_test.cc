#include "domain/transit_time/transit_times.h"

#include <gtest/gtest.h>

#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

using namespace examples;

// From CN to DE in three and a half days of March.
Tracking delivered_parcel() {
  Tracking tracking = registered();
  tracking.facts.origin_country = "CN";
  tracking.details.destination_code = "DE";
  tracking.computed_status = Status::Delivered;
  tracking.origin.timeline = Timeline::restored({scan(1, 0), scan_reading(4, 12, kDelivered)});
  return tracking;
}

TEST(TransitSample, IsOfTheRouteAndTheDaysThatTheTrackingShows) {
  const auto sample = transit_sample(delivered_parcel());
  ASSERT_TRUE(sample);
  EXPECT_EQ(sample->route, (Route{CarrierCode::trusted("deutsche-post"), "CN", "DE"}));
  EXPECT_TRUE(sample->delivered);
  EXPECT_EQ(sample->days, 4);
}

TEST(TransitSample, TheCarriersWordForTheDestinationOutranksTheCustomers) {
  Tracking tracking = delivered_parcel();
  tracking.facts.destination_country = "AT";
  EXPECT_EQ(transit_sample(tracking)->route.destination, "AT");
}

TEST(TransitSample, NeedsBothCountriesAndAnAnswer) {
  for (const auto& take_away :
       {+[](Tracking& t) { t.facts.origin_country.clear(); }, +[](Tracking& t) { t.details.destination_code.clear(); },
        +[](Tracking& t) { t.computed_status = Status::Pending; }}) {
    Tracking tracking = delivered_parcel();
    take_away(tracking);
    EXPECT_FALSE(transit_sample(tracking));
  }
}

TEST(TransitSample, OfAParcelUnderWayHasNoDays) {
  Tracking tracking = delivered_parcel();
  tracking.computed_status = Status::Transit;
  EXPECT_FALSE(transit_sample(tracking)->delivered);
  EXPECT_FALSE(transit_sample(tracking)->days);
}

TEST(TransitSample, PassesOverWhatTheCustomerSaysOfTheStatus) {
  Tracking tracking = delivered_parcel();
  tracking.manual_status = Status::Exception;
  EXPECT_EQ(transit_sample(tracking), transit_sample(delivered_parcel()));
  tracking.computed_status = Status::Transit;
  tracking.manual_status = Status::Delivered;
  EXPECT_FALSE(transit_sample(tracking)->delivered);
}

TEST(TransitSample, WithoutATimeTheDaysAreUnknown) {
  Tracking tracking = delivered_parcel();
  tracking.origin.timeline = {};
  EXPECT_TRUE(transit_sample(tracking)->delivered);
  EXPECT_FALSE(transit_sample(tracking)->days);
}

TEST(TransitSample, AClockRunWildIsHeldAtTheMost) {
  Tracking tracking = delivered_parcel();
  Checkpoint first = scan(1, 0);
  first.time = seen_at(wall(1970, 1, 1));
  tracking.origin.timeline = Timeline::restored({first, scan_reading(4, 12, kDelivered)});
  EXPECT_EQ(transit_sample(tracking)->days, kMostTransitDays);
}

TEST(TransitTimes, SharesAreOfThoseWhoseDaysAreKnown) {
  const TransitTimes times{.total = 9, .delivered = 5, .by_days = {{3, 1}, {7, 1}, {8, 2}}};
  EXPECT_DOUBLE_EQ(times.share(0, 7), 0.5);
  EXPECT_DOUBLE_EQ(times.share(8, 15), 0.5);
  EXPECT_DOUBLE_EQ(times.share(16, 30), 0);
}

TEST(TransitTimes, WithoutADeliveryThereIsNoShare) { EXPECT_DOUBLE_EQ(TransitTimes{}.share(0, kMostTransitDays), 0); }

}  // namespace
}  // namespace parcelwake::domain
