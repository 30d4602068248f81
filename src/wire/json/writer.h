#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>

namespace parcelwake::wire::json {

// Appends `text` as a JSON string, quotes included. Text is UTF-8; bytes that are not come out as U+FFFD.
void append_string(std::string& out, std::string_view text);

// Writes compact JSON at the end of a string that it does not own. Commas come by themselves; that values stand where
// JSON wants them is the caller's care. Nothing is allocated but the string's own growth.
//
// While something is open the string is longer than its text, because room is made before it is needed, and nobody else
// may touch it. It is whole once the outermost bracket is closed, or the writer is gone.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  ~Writer() { settle(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }

  // `name` is written as it stands: ASCII without quotes, backslashes or control characters.
  template <std::size_t N>
  [[gnu::always_inline]] Writer& key(const char (&name)[N]) {
    return put_key(name, N - 1);
  }
  Writer& key(std::string_view name) { return put_key(name.data(), name.size()); }
  // The same of any text, escaped as a string is.
  Writer& quoted_key(std::string_view name) {
    string(name);
    at_[-1] = ':';
    return *this;
  }

  Writer& string(std::string_view text) { return strings(&text, 1); }
  // One string made of `texts`, one after the other.
  Writer& string(std::initializer_list<std::string_view> texts) { return strings(texts.begin(), texts.size()); }
  // A string of at most `Most` characters that `put` writes at the place it is given, returning the place after it.
  // They need no escape, as in a date.
  template <std::size_t Most, class Put>
  Writer& plain_string(Put put) {
    char* to = room(Most + 3);
    *to++ = '"';
    to = put(to);
    *to++ = '"';
    *to++ = ',';
    at_ = to;
    return *this;
  }
  // The bytes in lower-case hex digits, two for each.
  Writer& hex_string(std::string_view bytes);
  Writer& number(std::int64_t value);
  Writer& boolean(bool value) { return value ? raw("true") : raw("false"); }
  Writer& null() { return raw("null"); }

  // JSON text that is known to be well formed.
  [[gnu::always_inline]] Writer& raw(std::string_view json) {
    char* to = room(json.size() + 1);
    std::memcpy(to, json.data(), json.size());
    to[json.size()] = ',';
    at_ = to + json.size() + 1;
    return *this;
  }

  // Where the next value begins, and what was written from there: whole values, while what holds them is open. Good
  // until something else is written.
  std::size_t mark() const { return static_cast<std::size_t>(at_ - out_.data()); }
  std::string_view since(std::size_t mark) const {
    const std::size_t end = static_cast<std::size_t>(at_ - out_.data());
    return end > mark ? std::string_view(out_.data() + mark, end - 1 - mark) : std::string_view{};
  }

  // A member in one call. The `_or_null` form writes null for an empty text.
  template <class Name>
  Writer& field(const Name& name, std::string_view text) {
    return key(name).string(text);
  }
  template <class Name>
  Writer& field(const Name& name, const char* text) {
    return key(name).string(text);
  }
  template <class Name>
  Writer& field(const Name& name, std::int64_t value) {
    return key(name).number(value);
  }
  template <class Name>
  Writer& field(const Name& name, int value) {
    return key(name).number(value);
  }
  template <class Name>
  Writer& field(const Name& name, bool value) {
    return key(name).boolean(value);
  }
  template <class Name>
  Writer& field(const Name& name, std::nullptr_t) {
    return key(name).null();
  }
  template <class Name>
  Writer& field_or_null(const Name& name, std::string_view text) {
    return text.empty() ? key(name).null() : key(name).string(text);
  }

 private:
  // A comma stands after each value; what closes a bracket is written over it.
  Writer& open(char bracket) {
    char* to = room(1);
    *to = bracket;
    at_ = to + 1;
    ++depth_;
    return *this;
  }
  Writer& close(char bracket) {
    char* to = room(2);
    to -= to[-1] == ',' ? 1 : 0;
    to[0] = bracket;
    to[1] = ',';
    at_ = to + 2;
    if (--depth_ == 0) settle();
    return *this;
  }
  [[gnu::always_inline]] Writer& put_key(const char* name, std::size_t size) {
    char* to = room(size + 3);
    *to++ = '"';
    std::memcpy(to, name, size);
    to += size;
    *to++ = '"';
    *to++ = ':';
    at_ = to;
    return *this;
  }
  Writer& strings(const std::string_view* texts, std::size_t count);
  void put_escaped(std::string_view text);

  // A place where so many bytes may be written.
  [[gnu::always_inline]] char* room(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) [[unlikely]] {
      grow(bytes);
    }
    return at_;
  }
  void grow(std::size_t bytes);
  void settle();

  std::string& out_;
  char* at_ = nullptr;   // where the next byte goes; null: at the end of the string, which is whole
  char* end_ = nullptr;  // of the room
  int depth_ = 0;
};

}  // namespace parcelwake::wire::json
