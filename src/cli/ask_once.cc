#include "cli/ask_once.h"

#include <future>
#include <memory>
#include <utility>

namespace parcelwake::cli {
namespace {

std::string_view describe(ports::CarrierError error) {
  switch (error) {
    case ports::CarrierError::UnknownNumber:
      return "the carrier does not know this number";
    case ports::CarrierError::InvalidNumber:
      return "the carrier refuses the form of this number";
    case ports::CarrierError::Refused:
      return "the carrier refuses our credentials or request";
    case ports::CarrierError::Throttled:
      return "the carrier asks us to wait";
    case ports::CarrierError::Unreachable:
      return "the carrier could not be reached";
    case ports::CarrierError::Unreadable:
      return "the carrier's answer could not be read";
    case ports::CarrierError::NotConnected:
      return "nobody was asked";
  }
  return "";
}

}  // namespace

ports::CarrierAnswer ask_once(ports::CarrierGateway& gateway, const domain::CarrierCode& carrier,
                              const domain::TrackingNumber& number, Timestamp now) {
  auto answered = std::make_shared<std::promise<ports::CarrierAnswer>>();
  auto answer = answered->get_future();
  gateway.ask({{.carrier = carrier, .number = number, .details = {}, .registered_at = now}},
              [answered](std::size_t, ports::CarrierAnswer given) { answered->set_value(std::move(given)); });
  return answer.get();
}

std::string in_words(const ports::CarrierFailure& failure) {
  return std::string(describe(failure.error)) + (failure.detail.empty() ? "" : ": " + failure.detail);
}

}  // namespace parcelwake::cli
