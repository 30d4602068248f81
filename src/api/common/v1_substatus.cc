#include "api/common/v1_substatus.h"

namespace parcelwake::api {

std::optional<std::string_view> v1_substatus(domain::Substatus substatus) {
  switch (substatus) {
    case domain::Substatus::Returned:
      return "exception005";
    case domain::Substatus::OtherException:
    case domain::Substatus::Refused:
    case domain::Substatus::Returning:
      return std::nullopt;
    default:
      return domain::name_of(substatus);
  }
}

}  // namespace parcelwake::api
