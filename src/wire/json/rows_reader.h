#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::json {

// A member's value as far as a flat row knows values.
struct Scalar {
  enum class Kind { Null, Text, Number, Bool, Composite };

  Kind kind = Kind::Null;
  std::string_view
      text;  // Text: decoded; Number: the token as sent; Bool: "true" or "false"; Composite: the JSON itself
};

struct Member {
  std::string_view key;
  Scalar value;
};

// The members of one JSON object, in order; of a key sent twice find() gives the last.
struct Row {
  std::vector<Member> members;
  bool is_object = false;  // false: an array element of another kind, which has no members

  const Scalar* find(std::string_view key) const;
};

// A JSON text that is one flat object, or an array of such: the only shapes that the dialects' requests have.
// Views point into the Rows; moving it keeps them valid.
class Rows {
 public:
  enum class Shape { Object, Array, Other };  // Other: well-formed JSON that is neither

  Shape shape() const { return shape_; }
  const std::vector<Row>& rows() const { return rows_; }  // one for an Object

 private:
  friend Result<Rows, struct NotJson> read_rows(std::string_view, std::size_t);

  Shape shape_ = Shape::Other;
  std::vector<Row> rows_;
  std::vector<char> storage_;  // a vector: moving it never moves the bytes
};

struct NotJson {};

// Values nested in a member are passed over, not checked beyond their brackets. Of an array
// with more than `max_rows` elements one more comes back, without members, and the rest is not looked at. Fails on
// anything else that is no JSON text, invalid UTF-8 included.
Result<Rows, NotJson> read_rows(std::string_view bytes, std::size_t max_rows = 1000);

// The elements of an array of strings and numbers: strings decoded, numbers as sent. Those after the `most`-th are left
// out. Fails on anything else.
Result<std::vector<std::string>, NotJson> read_texts(std::string_view json, std::size_t most);

}  // namespace parcelwake::wire::json
