#pragma once

#include "api/trackingmore_v4/meta.h"
#include "app/accounts/admission.h"
#include "app/accounts/charge.h"
#include "app/accounts/key_directory.h"
#include "app/trackings/change_carriers.h"
#include "app/trackings/register_trackings.h"
#include "app/trackings/retrack_trackings.h"
#include "app/trackings/track_now.h"
#include "app/trackings/update_trackings.h"
#include "app/waybills/track_waybills.h"
#include "domain/tracking/tracking_number.h"
#include "ports/store_error.h"

namespace parcelwake::api::trackingmore_v4 {

// Each error of the application as v4 says it. No default in their switches: a new error must be given its code there.
Code code_for(domain::NumberError error);
Code code_for(app::RegisterError error);
Code code_for(app::UpdateError error);
Code code_for(app::ChangeCarrierError error);
Code code_for(app::RetrackError error);
Code code_for(app::WaybillRefusal refusal);
Code code_for(const app::ChargeFailure& failure);
Code code_for(app::KeyError error);
Code code_for(app::Refusal refusal);
Code code_for(ports::StoreError error);
Code code_for(const app::TrackNowError& error);

}  // namespace parcelwake::api::trackingmore_v4
