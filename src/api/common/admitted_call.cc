#include "api/common/admitted_call.h"

#include <string>

namespace parcelwake::api {

Result<AdmittedCall, app::KeyError> admit_call(const wire::http::Request& request, std::string_view key,
                                               const app::Demand& demand, const Services& services,
                                               wire::http::Label label, wire::http::Reply& reply) {
  const auto caller = services.keys.find(key);
  if (!caller) return fail(caller.error());
  label.caller = caller->account.value;
  reply.label(label);
  const Timestamp now = services.clock.now();
  const std::string address = services.rates.by_address() ? services.proxies.client_network_of(request) : std::string{};
  return AdmittedCall{
      .caller = *caller, .now = now, .admission = app::admit(*caller, demand, address, services.rates, now)};
}

}  // namespace parcelwake::api
