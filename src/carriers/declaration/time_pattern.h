#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/tracking/checkpoint.h"

namespace parcelwake::carriers {

// How a carrier writes times, compiled from its name or letters:
//   iso       2024-03-01, 2024-03-01T10:00[:00[.123]][Z|+02:00|+0200|+02], with a space or T
//   epoch_s, epoch_ms, dotnet ("/Date(1709287200000+0100)/")
//   letters   yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s SSS a Z; EEE is a day's name; text in quotes and all other
//             characters stand for themselves, a space for any white space
// Month and day names are English.
class TimePattern {
 public:
  // Fails with what is wrong.
  static Result<TimePattern, std::string> compile(std::string_view pattern);

  const std::string& text() const { return text_; }

  // The moment that all of `written` tells, with the offset that stood in it; nothing when it does not fit or is none
  // (31 February). Epochs are UTC.
  std::optional<domain::EventTime> read(std::string_view written) const;

 private:
  enum class Kind { Letters, Iso, EpochSeconds, EpochMilliseconds, DotNet };
  struct Token {
    char letter = 0;  // 0: the literal
    int length = 0;
    std::string literal;
  };

  Kind kind_ = Kind::Letters;
  std::string text_;
  std::vector<Token> tokens_;
};

}  // namespace parcelwake::carriers
