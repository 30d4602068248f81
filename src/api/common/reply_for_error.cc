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

Meta meta_for(ports::StoreError error) {
  switch (error) {
    case ports::StoreError::Busy:
    case ports::StoreError::Full:
    case ports::StoreError::Broken:
      return Meta::Unavailable;
  }
  return Meta::ServerError;
}

}  // namespace parcelwake::api
