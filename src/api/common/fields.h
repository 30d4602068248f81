#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/common/meta.h"
#include "base/result.h"
#include "wire/json/rows_reader.h"

namespace parcelwake::api {

// A member as text: of strings and numbers what they say, of null, "" and absent nothing; NotUnderstood for other kinds
// and for texts over 4,096 bytes.
Result<std::string_view, Meta> text_field(const wire::json::Row& row, std::string_view key);

// The texts of several members at once; the first that is no text fails them all. Views point into the row, which must
// outlive the reader.
class FieldReader {
 public:
  explicit FieldReader(const wire::json::Row& row) : row_(row) {}

  std::string_view text(std::string_view key);
  std::string_view first_of(std::string_view key, std::string_view alias);  // the alias where `key` says nothing
  std::optional<std::string> given(std::string_view key);
  bool failed() const { return failed_; }

 private:
  const wire::json::Row& row_;
  bool failed_ = false;
};

// "7", " 7 ", "1693526400.0"; nothing for anything else.
std::optional<std::int64_t> parse_integer(std::string_view text);

// "true", "1", "false", "0", in any case; nothing for anything else.
std::optional<bool> parse_truth(std::string_view text);

// "a, b,,c" is {a, b, c}.
std::vector<std::string> split_list(std::string_view text);

}  // namespace parcelwake::api
