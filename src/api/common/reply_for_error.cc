#include "api/common/reply_for_error.h"

namespace parcelwake::api {

Meta meta_for(app::RegisterError error) {
  switch (error) {
    case app::RegisterError::NumberMissing:
      return Meta::NumberRequired;
    case app::RegisterError::NumberMalformed:
      return Meta::NumberInvalid;
    case app::RegisterError::CarrierUnknown:
      return Meta::CarrierInvalid;
    case app::RegisterError::CarrierUndetected:
      return Meta::CourierUndetected;
    case app::RegisterError::AlreadyTracked:
      return Meta::AlreadyExists;
    case app::RegisterError::BalanceTooLow:
      return Meta::BalanceTooLow;
  }
  return Meta::ServerError;
}

Meta meta_for(app::UpdateError error) {
  switch (error) {
    case app::UpdateError::NotTracked:
      return Meta::DoesNotExist;
    case app::UpdateError::Changed:
      return Meta::Conflict;
  }
  return Meta::ServerError;
}

Meta meta_for(app::ChangeCarrierError error) {
  switch (error) {
    case app::ChangeCarrierError::NotTracked:
      return Meta::DoesNotExist;
    case app::ChangeCarrierError::Changed:
      return Meta::Conflict;
    case app::ChangeCarrierError::AlreadyTracked:
      return Meta::AlreadyExists;
  }
  return Meta::ServerError;
}

Meta meta_for(app::KeyError error) {
  switch (error) {
    case app::KeyError::Unknown:
      return Meta::KeyInvalid;
    case app::KeyError::Revoked:
      return Meta::KeyDeleted;
    case app::KeyError::StoreFailed:
      return Meta::Unavailable;
  }
  return Meta::ServerError;
}

Meta meta_for(app::Refusal refusal) {
  switch (refusal) {
    case app::Refusal::NotPermitted:
      return Meta::PermissionDenied;
    case app::Refusal::PlanWithoutApi:
      return Meta::PaymentRequired;
    case app::Refusal::Blocked:
      return Meta::AccessDenied;
    case app::Refusal::FeatureOff:
      return Meta::FeatureOff;
    case app::Refusal::TooManyCalls:
      return Meta::TooManyRequests;
  }
  return Meta::ServerError;
}

Meta meta_for(const app::ChargeFailure& failure) {
  if (const auto* store = std::get_if<ports::StoreError>(&failure)) return meta_for(*store);
  switch (std::get<app::ChargeError>(failure)) {
    case app::ChargeError::BalanceTooLow:
      return Meta::BalanceGone;
  }
  return Meta::ServerError;
}

Meta meta_for(const app::TrackNowError& error) {
  if (const auto* store = std::get_if<ports::StoreError>(&error)) return meta_for(*store);
  const auto refused = std::get<app::RegisterError>(error);
  return refused == app::RegisterError::BalanceTooLow ? Meta::BalanceGone : meta_for(refused);
}

Meta meta_for(ports::StoreError error) {
  switch (error) {
    case ports::StoreError::Busy:
    case ports::StoreError::Full:
    case ports::StoreError::Broken:
      return Meta::Unavailable;
  }
  return Meta::ServerError;
}

Meta meta_for(app::WaybillRefusal refusal) {
  switch (refusal) {
    case app::WaybillRefusal::Missing:
      return Meta::NumberRequired;
    case app::WaybillRefusal::Malformed:
      return Meta::NumberInvalid;
    case app::WaybillRefusal::UnknownAirline:
      return Meta::CourierUndetected;
  }
  return Meta::ServerError;
}

}  // namespace parcelwake::api
