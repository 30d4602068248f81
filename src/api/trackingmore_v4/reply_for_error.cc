#include "api/trackingmore_v4/reply_for_error.h"

namespace parcelwake::api::trackingmore_v4 {

Code code_for(domain::NumberError error) {
  switch (error) {
    case domain::NumberError::Missing:
      return Code::NumberRequired;
    case domain::NumberError::Malformed:
      return Code::NumberInvalid;
  }
  return Code::ServerFailed;
}

Code code_for(app::RegisterError error) {
  switch (error) {
    case app::RegisterError::NumberMissing:
      return Code::NumberRequired;
    case app::RegisterError::NumberMalformed:
      return Code::NumberInvalid;
    case app::RegisterError::CarrierUnknown:
      return Code::CourierInvalid;
    case app::RegisterError::CarrierUndetected:
      return Code::CourierUndetected;
    case app::RegisterError::AlreadyTracked:
      return Code::AlreadyExists;
    case app::RegisterError::BalanceTooLow:
      return Code::QuotaReached;
  }
  return Code::ServerFailed;
}

Code code_for(app::UpdateError error) {
  switch (error) {
    case app::UpdateError::NotTracked:
      return Code::DoesNotExist;
    case app::UpdateError::Changed:  // v4 has no way to say which state is expected.
      return Code::ServerFailed;
  }
  return Code::ServerFailed;
}

Code code_for(app::ChangeCarrierError error) {
  switch (error) {
    case app::ChangeCarrierError::NotTracked:
      return Code::DoesNotExist;
    case app::ChangeCarrierError::Changed:  // v4 has no way to say which state is expected.
      return Code::ServerFailed;
    case app::ChangeCarrierError::AlreadyTracked:
      return Code::AlreadyExists;
  }
  return Code::ServerFailed;
}

Code code_for(app::RetrackError error) {
  switch (error) {
    case app::RetrackError::NotTracked:
      return Code::DoesNotExist;
    case app::RetrackError::NotExpired:
      return Code::RetrackNotAllowed;
  }
  return Code::ServerFailed;
}

Code code_for(app::WaybillRefusal refusal) {
  switch (refusal) {
    case app::WaybillRefusal::Missing:
    case app::WaybillRefusal::Malformed:
      return Code::WaybillInvalid;
    case app::WaybillRefusal::UnknownAirline:
      return Code::AirlineUnsupported;
  }
  return Code::ServerFailed;
}

Code code_for(const app::ChargeFailure& failure) {
  if (const auto* store = std::get_if<ports::StoreError>(&failure)) return code_for(*store);
  return Code::QuotaReached;  // the one ChargeError there is
}

Code code_for(app::KeyError error) {
  switch (error) {
    case app::KeyError::Unknown:
    case app::KeyError::Revoked:
      return Code::Unauthorized;
    case app::KeyError::StoreFailed:
      return Code::ServerBusy;
  }
  return Code::ServerFailed;
}

Code code_for(app::Refusal refusal) {
  switch (refusal) {
    case app::Refusal::NotPermitted:
      return Code::Unauthorized;
    case app::Refusal::PlanWithoutApi:
    case app::Refusal::Blocked:
    case app::Refusal::FeatureOff:
      return Code::Forbidden;
    case app::Refusal::TooManyCalls:
      return Code::TooManyRequests;
  }
  return Code::ServerFailed;
}

Code code_for(ports::StoreError error) {
  switch (error) {
    case ports::StoreError::Busy:
      return Code::ServerBusy;
    case ports::StoreError::Full:
      return Code::StoreFull;
    case ports::StoreError::Broken:
      return Code::ServerFailed;
  }
  return Code::ServerFailed;
}

Code code_for(const app::TrackNowError& error) {
  return std::visit([](auto told) { return code_for(told); }, error);
}

}  // namespace parcelwake::api::trackingmore_v4
