#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "api/moving/vendor_list_json.h"
#include "ports/clock.h"
#include "wire/http/client/client.h"

namespace parcelwake::cli {

// How a vendor is asked.
struct VendorAccess {
  const api::Vendor& vendor;
  std::string base_url;
  std::string key;
  std::chrono::milliseconds pause{1000};  // between the begin of two requests
  int tries = 10;                         // of one page
};

// Reads the pages of a vendor's list, one at a time, at a polite pace. A page that does not come, or makes no sense, is
// asked for again: as late as the vendor says, or after 1, 2, 4 … 60 seconds.
class VendorPages {
 public:
  using Told = std::function<void(const std::string& what)>;  // a failure that is tried again, for a person

  VendorPages(VendorAccess access, const ports::CarrierCatalogue& catalogue, ports::Clock& clock, Told told);
  ~VendorPages();

  // The error is a sentence for a person.
  Result<std::vector<api::VendorRow>, std::string> read(const api::ListQuery& query);

 private:
  struct Setback;
  Result<std::vector<api::VendorRow>, Setback> try_once(const api::ListQuery& query);

  VendorAccess access_;
  const ports::CarrierCatalogue& catalogue_;
  ports::Clock& clock_;
  Told told_;
  wire::http::Client client_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace parcelwake::cli
