#pragma once

#include "api/common/meta.h"
#include "app/accounts/admission.h"
#include "app/accounts/charge.h"
#include "app/accounts/key_directory.h"
#include "app/trackings/change_carriers.h"
#include "app/trackings/register_trackings.h"
#include "app/trackings/track_now.h"
#include "app/trackings/update_trackings.h"
#include "app/waybills/track_waybills.h"
#include "ports/store_error.h"

namespace parcelwake::api {

// Each error of the application as the v1 and v2 dialects say it. No default in their switches: a new error must be
// given its code there.
Meta meta_for(app::RegisterError error);
Meta meta_for(app::UpdateError error);
Meta meta_for(app::ChangeCarrierError error);
Meta meta_for(app::KeyError error);
Meta meta_for(app::Refusal refusal);
Meta meta_for(const app::ChargeFailure& failure);
Meta meta_for(const app::TrackNowError& error);
Meta meta_for(app::WaybillRefusal refusal);
Meta meta_for(ports::StoreError error);

}  // namespace parcelwake::api
