#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace parcelwake::wire::json {

// Appends `text` as a JSON string, quotes included. Text is UTF-8; bytes that are not come out as U+FFFD.
void append_string(std::string& out, std::string_view text);

// Writes compact JSON at the end of a string that it does not own. Commas come by themselves; that values stand where
// JSON wants them is the caller's care. Nothing is allocated but the string's own growth.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }

  // `name` is written as it stands: ASCII without quotes, backslashes or control characters.
  Writer& key(std::string_view name) {
    // Put together here and appended once, because appending piece by piece takes longer.
    std::array<char, 48> text;
    if (name.size() + 4 > text.size()) return long_key(name);
    char* to = text.data();
    if (!fresh_) *to++ = ',';
    *to++ = '"';
    to = std::copy(name.begin(), name.end(), to);
    *to++ = '"';
    *to++ = ':';
    out_.append(text.data(), static_cast<std::size_t>(to - text.data()));
    fresh_ = true;
    return *this;
  }

  Writer& string(std::string_view text) {
    separate();
    append_string(out_, text);
    return *this;
  }
  // A string that `append` adds to the text it is given: characters that need no escape, such as dates.
  template <class Append>
  Writer& plain_string(Append append) {
    separate();
    out_.push_back('"');
    append(out_);
    out_.push_back('"');
    return *this;
  }
  Writer& number(std::int64_t value) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
    return raw({digits, static_cast<std::size_t>(end - digits)});
  }
  Writer& boolean(bool value) { return raw(value ? "true" : "false"); }
  Writer& null() { return raw("null"); }

  // JSON text that is known to be well formed.
  Writer& raw(std::string_view json) {
    separate();
    out_.append(json);
    return *this;
  }

  // A member in one call. The `_or_null` form writes null for an empty text.
  Writer& field(std::string_view name, std::string_view text) { return key(name).string(text); }
  Writer& field(std::string_view name, const char* text) { return key(name).string(text); }
  Writer& field(std::string_view name, std::int64_t value) { return key(name).number(value); }
  Writer& field(std::string_view name, int value) { return key(name).number(value); }
  Writer& field(std::string_view name, bool value) { return key(name).boolean(value); }
  Writer& field(std::string_view name, std::nullptr_t) { return key(name).null(); }
  Writer& field_or_null(std::string_view name, std::string_view text) {
    return text.empty() ? key(name).null() : key(name).string(text);
  }

  std::string& out() { return out_; }

 private:
  void separate() {
    if (!fresh_) out_.push_back(',');
    fresh_ = false;
  }
  Writer& long_key(std::string_view name) {
    separate();
    out_.append("\"").append(name).append("\":");
    fresh_ = true;
    return *this;
  }
  Writer& open(char bracket) {
    separate();
    out_.push_back(bracket);
    fresh_ = true;
    return *this;
  }
  Writer& close(char bracket) {
    out_.push_back(bracket);
    fresh_ = false;
    return *this;
  }

  std::string& out_;
  bool fresh_ = true;  // nothing stands before the next value that would need a comma
};

}  // namespace parcelwake::wire::json
