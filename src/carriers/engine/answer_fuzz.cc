#include <cstddef>
#include <cstdint>

#include "carriers/engine/answer_json.h"
#include "carriers/engine/connectors.h"

// Any answer of any carrier is read into a result or an error. The first two bytes choose the declaration and the HTTP
// status.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcelwake::carriers;
  static const Connectors connectors = Connectors::load("");
  static constexpr int kStatuses[] = {200, 204, 400, 401, 404, 429, 500};
  if (size < 2) return 0;
  const auto& declaration = *connectors.all()[data[0] % connectors.all().size()];
  const RawAnswer raw{.http_status = kStatuses[data[1] % std::size(kStatuses)],
                      .body = std::string_view(reinterpret_cast<const char*>(data) + 2, size - 2),
                      .content_type = {}};
  const auto read = parse_answer(declaration.formats.front(), raw);
  if (!read.error && read.shipments.empty()) __builtin_trap();
  static_cast<void>(answer_json(read, "NUMBER"));
  static_cast<void>(shipment_for(read, "NUMBER", 1));
  return 0;
}
