#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "wire/xml/charset.h"
#include "wire/xml/tree_data.h"
#include "wire/xml/xml_name.h"

namespace parcelwake::wire::xml {
namespace {

namespace ondemand = simdjson::ondemand;

// Number grammar of RFC 8259, section 6.
bool is_json_number(std::string_view text) {
  const auto digits = [&text] {
    const std::size_t before = text.size();
    while (!text.empty() && ascii::is_digit(text.front())) text.remove_prefix(1);
    return before - text.size();
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool zero = text.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return text.empty();
}

// Builds elements out of values. Gives the reason to stop, or nothing.
class Builder {
 public:
  explicit Builder(const Limits& limits) : limits_(limits) {}

  // The member `name` of `parent`.
  std::optional<ReadError> add(pugi::xml_node parent, const std::string& name, ondemand::value value,
                               std::size_t depth) {
    ondemand::json_type type{};
    if (value.type().get(type)) return ReadError::Malformed;
    if (type != ondemand::json_type::array) return add_one(parent, name, value, type, depth);
    if (depth > limits_.depth) return ReadError::TooDeep;
    return each_of(value, [&](ondemand::value element, ondemand::json_type kind) {
      return add_one(parent, name, element, kind, depth + 1);
    });
  }

  template <class Value>
  std::optional<ReadError> fill(pugi::xml_node element, Value& value, ondemand::json_type type, std::size_t depth) {
    if (depth > limits_.depth) return ReadError::TooDeep;
    switch (type) {
      case ondemand::json_type::object:
        return fill_members(element, value, depth);
      case ondemand::json_type::array:
        return each_of(value, [&](ondemand::value item, ondemand::json_type kind) {
          return add_one(element, "item", item, kind, depth + 1);
        });
      case ondemand::json_type::string: {
        std::string_view text;
        if (value.get_string().get(text)) return ReadError::Malformed;
        return put_text(element, text);
      }
      case ondemand::json_type::number: {
        const std::string_view text = ascii::trimmed(raw_text(value));
        return is_json_number(text) ? put_text(element, text) : ReadError::Malformed;
      }
      case ondemand::json_type::boolean: {
        bool holds = false;
        if (value.get_bool().get(holds)) return ReadError::Malformed;
        return put_text(element, holds ? "true" : "false");
      }
      case ondemand::json_type::null:
        return ascii::trimmed(raw_text(value)) == "null" ? std::nullopt : std::optional(ReadError::Malformed);
    }
    return ReadError::Malformed;
  }

 private:
  static std::string_view raw_text(ondemand::value& value) { return value.raw_json_token(); }
  static std::string_view raw_text(ondemand::document& value) {
    std::string_view token;
    return value.raw_json_token().get(token) ? std::string_view{} : token;
  }

  template <class Value, class Visit>
  std::optional<ReadError> each_of(Value& value, Visit visit) {
    ondemand::array array;
    if (value.get_array().get(array)) return ReadError::Malformed;
    for (auto found : array) {
      ondemand::value element;
      ondemand::json_type type{};
      if (found.get(element) || element.type().get(type)) return ReadError::Malformed;
      if (const auto error = visit(element, type)) return error;
    }
    return std::nullopt;
  }

  std::optional<ReadError> add_one(pugi::xml_node parent, const std::string& name, ondemand::value value,
                                   ondemand::json_type type, std::size_t depth) {
    if (type == ondemand::json_type::null) return fill(parent, value, type, depth);
    if (++nodes_ > limits_.nodes) return ReadError::TooLarge;
    return fill(append(parent, name), value, type, depth);
  }

  template <class Value>
  std::optional<ReadError> fill_members(pugi::xml_node element, Value& value, std::size_t depth) {
    ondemand::object object;
    if (value.get_object().get(object)) return ReadError::Malformed;
    for (auto found : object) {
      ondemand::field field;
      if (std::move(found).get(field)) return ReadError::Malformed;
      std::string_view key;
      if (field.unescaped_key().get(key)) return ReadError::Malformed;
      if (const auto error = add(element, std::string(key), field.value(), depth + 1)) return error;
    }
    return std::nullopt;
  }

  static pugi::xml_node append(pugi::xml_node parent, const std::string& name) {
    if (is_xml_name(name)) return parent.append_child(name.c_str());
    pugi::xml_node element = parent.append_child("_");
    element.append_attribute("key").set_value(name.c_str());
    return element;
  }

  std::optional<ReadError> put_text(pugi::xml_node element, std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (++nodes_ > limits_.nodes) return ReadError::TooLarge;
    scratch_.assign(text);
    std::replace(scratch_.begin(), scratch_.end(), '\0', ' ');
    element.append_child(pugi::node_pcdata).set_value(scratch_.c_str());
    return std::nullopt;
  }

  const Limits& limits_;
  std::size_t nodes_ = 0;
  std::string scratch_;
};

std::optional<ReadError> build(const std::string& text, const Limits& limits, pugi::xml_document& into) {
  ondemand::parser parser;
  const simdjson::padded_string padded(text);
  ondemand::document document;
  ondemand::json_type type{};
  if (parser.iterate(padded).get(document) || document.type().get(type)) return ReadError::Malformed;
  Builder builder(limits);
  if (const auto error = builder.fill(into.append_child("json"), document, type, 1)) return error;
  const bool nested = type == ondemand::json_type::object || type == ondemand::json_type::array;
  return nested && document.current_location().error() != simdjson::OUT_OF_BOUNDS ? std::optional(ReadError::Malformed)
                                                                                  : std::nullopt;
}

// Control characters as they stand and halves of surrogate pairs: no JSON, but carriers send them.
std::string without_common_faults(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  const auto is_surrogate = [&](std::size_t i) {
    return i + 6 <= text.size() && text[i] == '\\' && text[i + 1] == 'u' && ascii::lower(text[i + 2]) == 'd' &&
           std::string_view("89abcdef").find(ascii::lower(text[i + 3])) != std::string_view::npos;
  };
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    if (is_surrogate(i)) {
      const bool high = std::string_view("89ab").find(ascii::lower(text[i + 3])) != std::string_view::npos;
      const bool pair = high && is_surrogate(i + 6) &&
                        std::string_view("cdef").find(ascii::lower(text[i + 9])) != std::string_view::npos;
      if (pair) {
        i += 6;
      } else {
        text.replace(i + 2, 4, "FFFD");
      }
    }
    ++i;
  }
  return text;
}

}  // namespace

Result<Tree, ReadError> Tree::from_json(std::string_view bytes, std::string_view charset, const Limits& limits) {
  if (bytes.size() > limits.bytes) return fail(ReadError::TooLarge);
  std::string text = to_utf8(bytes, charset, {});
  if (ascii::trimmed(text).empty()) return fail(ReadError::Empty);
  auto data = std::make_unique<TreeData>();
  auto error = build(text, limits, data->document);
  if (error == ReadError::Malformed) {
    data->document.reset();
    error = build(without_common_faults(std::move(text)), limits, data->document);
  }
  if (error) return fail(*error);
  return Tree(std::move(data));
}

}  // namespace parcelwake::wire::xml
