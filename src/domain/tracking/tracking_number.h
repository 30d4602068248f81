#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace parcelwake::domain {

enum class NumberError {
  Missing,    // Nothing, or white space only.
  Malformed,  // Not 5 to 64 of 0-9, A-Z, a-z, '_' and '-'.
};

// The number a carrier gave a parcel, as the customer wrote it.
// Two spellings that differ in case alone name the same parcel: compare folded().
class TrackingNumber {
 public:
  TrackingNumber() = default;

  // Trims; the rule is that of the TrackingMore v2 SDK (`^[0-9A-Za-z_-]{5,}$`), the upper limit ours.
  static Result<TrackingNumber, NumberError> parse(std::string_view text);

  // Takes `text`, which parse() has accepted before, as it stands.
  static TrackingNumber trusted(std::string text) { return TrackingNumber(std::move(text)); }

  const std::string& text() const { return text_; }
  std::string folded() const;  // upper case

  bool operator==(const TrackingNumber&) const = default;

 private:
  explicit TrackingNumber(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace parcelwake::domain
