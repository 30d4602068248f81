#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/number/number_format.h"
#include "domain/number/postal_operators.h"

namespace re2 {
class RE2;
}

namespace parcelwake::domain {

// A format that a number fits, and what that says.
struct Fit {
  const NumberFormat* format = nullptr;  // lives as long as the detector
  std::uint16_t order = 0;               // of the format among the detector's
  std::uint16_t carrier = 0;             // an index into Detector::carriers()
  std::optional<bool> checksum;          // nothing: the format has no check digit
  bool is_generic = false;               // about any number of this length and kind fits
  bool is_doubtful = false;              // fits, but with a part that the format gives no meaning to
  double strength = 0;                   // see domain::strength
  double score = 0;                      // set by rank()
};

// Number formats compiled for matching: one pass over a number finds every format it fits, however many there are.
// Never changes; safe from any thread.
class Detector {
 public:
  // The formats in order of preference where all else is equal. Fails with the id of a format whose pattern is none.
  static Result<Detector, std::string> build(std::vector<NumberFormat> formats, PostalOperators operators);

  Detector(Detector&&) noexcept;
  Detector& operator=(Detector&&) noexcept;
  ~Detector();

  // Replaces `out` with every fit of `written` (as a person writes it), in no order. Formats whose check digit fails
  // are in it; empty when no shape fits. An S10 number gives one fit for each operator.
  void find(std::string_view written, std::vector<Fit>& out) const;

  // Every carrier that a fit can name, each once.
  const std::vector<CarrierCode>& carriers() const { return carriers_; }
  const std::vector<NumberFormat>& formats() const { return formats_; }
  const PostalOperators& operators() const { return operators_; }

 private:
  struct Patterns;
  struct Layout;  // one shape of one format, with all that is known before a number comes

  Detector(std::vector<NumberFormat> formats, PostalOperators operators);

  std::optional<std::string> compile();
  std::uint16_t intern(const CarrierCode& code);
  void add_fit(const Layout& layout, std::string_view number, std::vector<Fit>& out) const;
  void add_operators(const Fit& fit, std::string_view number, std::vector<Fit>& out) const;

  std::vector<NumberFormat> formats_;
  PostalOperators operators_;
  std::vector<CarrierCode> carriers_;
  std::vector<std::uint16_t> operator_carriers_;  // index in operators_ -> index in carriers_
  std::vector<Layout> layouts_;                   // by the pattern's number in the set
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace parcelwake::domain
