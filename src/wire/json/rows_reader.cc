#include "wire/json/rows_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace parcelwake::wire::json {
namespace {

namespace od = simdjson::ondemand;

// Decoded texts are never longer than the JSON they stand in, so `storage` of the input's size never grows.
class Arena {
 public:
  Arena(std::vector<char>& storage, std::size_t size) : storage_(storage) { storage_.reserve(size); }

  std::string_view keep(std::string_view text) {
    if (storage_.capacity() - storage_.size() < text.size()) return {};
    const std::size_t at = storage_.size();
    storage_.insert(storage_.end(), text.begin(), text.end());
    return {storage_.data() + at, text.size()};
  }

 private:
  std::vector<char>& storage_;
};

std::string_view without_tail(std::string_view token) {
  const auto end = token.find_first_of(" \t\r\n,]}");
  return token.substr(0, end);
}

template <class Composite>
simdjson::error_code keep_json(Composite& composite, Arena& arena, Scalar& out) {
  std::string_view json;
  if (const auto error = composite.raw_json().get(json)) return error;
  out = {Scalar::Kind::Composite, arena.keep(json)};
  return simdjson::SUCCESS;
}

simdjson::error_code read_scalar(od::value value, Arena& arena, Scalar& out) {
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  switch (type) {
    case od::json_type::string: {
      std::string_view text;
      if (const auto error = value.get_string().get(text)) return error;
      out = {Scalar::Kind::Text, arena.keep(text)};
      return simdjson::SUCCESS;
    }
    case od::json_type::number: {
      const std::string_view token = without_tail(value.raw_json_token());
      double parsed = 0;
      if (const auto error = value.get_double().get(parsed)) return error;
      out = {Scalar::Kind::Number, arena.keep(token)};
      return simdjson::SUCCESS;
    }
    case od::json_type::boolean: {
      bool truth = false;
      if (const auto error = value.get_bool().get(truth)) return error;
      out = {Scalar::Kind::Bool, truth ? "true" : "false"};
      return simdjson::SUCCESS;
    }
    case od::json_type::null: {
      if (without_tail(value.raw_json_token()) != "null") return simdjson::N_ATOM_ERROR;
      out = {Scalar::Kind::Null, {}};
      return simdjson::SUCCESS;
    }
    case od::json_type::array: {
      od::array array;
      if (const auto error = value.get_array().get(array)) return error;
      return keep_json(array, arena, out);
    }
    case od::json_type::object: {
      od::object object;
      if (const auto error = value.get_object().get(object)) return error;
      return keep_json(object, arena, out);
    }
  }
  return simdjson::TAPE_ERROR;
}

simdjson::error_code read_object(od::object object, Arena& arena, Row& row) {
  row.is_object = true;
  for (auto field : object) {
    if (field.error()) return field.error();
    std::string_view key;
    if (const auto error = field.unescaped_key().get(key)) return error;
    Member member;
    member.key = arena.keep(key);
    od::value value;
    if (const auto error = field.value().get(value)) return error;
    if (const auto error = read_scalar(value, arena, member.value)) return error;
    row.members.push_back(member);
  }
  return simdjson::SUCCESS;
}

simdjson::error_code read_array(od::array array, Arena& arena, std::size_t max_rows, std::vector<Row>& rows) {
  for (auto element : array) {
    od::value value;
    if (const auto error = element.get(value)) return error;
    od::json_type type;
    if (const auto error = value.type().get(type)) return error;
    Row& row = rows.emplace_back();
    if (rows.size() > max_rows) break;
    if (type != od::json_type::object) continue;
    row.is_object = true;
    od::object object;
    if (const auto error = value.get_object().get(object)) return error;
    if (const auto error = read_object(object, arena, row)) return error;
  }
  return simdjson::SUCCESS;
}

}  // namespace

const Scalar* Row::find(std::string_view key) const {
  const auto found = std::find_if(members.rbegin(), members.rend(), [&](const Member& m) { return m.key == key; });
  return found == members.rend() ? nullptr : &found->value;
}

Result<Rows, NotJson> read_rows(std::string_view bytes, std::size_t max_rows) {
  thread_local od::parser parser;
  thread_local std::string padded;
  padded.assign(bytes);
  padded.append(simdjson::SIMDJSON_PADDING, '\0');

  Rows out;
  Arena arena(out.storage_, bytes.size() + 1);
  od::document document;
  if (parser.iterate(padded.data(), bytes.size(), padded.size()).get(document)) return fail(NotJson{});
  od::json_type type;
  if (document.type().get(type)) return fail(NotJson{});
  simdjson::error_code error = simdjson::SUCCESS;
  if (type == od::json_type::object) {
    out.shape_ = Rows::Shape::Object;
    od::object object;
    error = document.get_object().get(object);
    if (!error) error = read_object(object, arena, out.rows_.emplace_back());
  } else if (type == od::json_type::array) {
    out.shape_ = Rows::Shape::Array;
    od::array array;
    error = document.get_array().get(array);
    if (!error) error = read_array(array, arena, max_rows, out.rows_);
  } else {
    out.shape_ = Rows::Shape::Other;
    const std::string_view all(bytes);
    const auto first = all.find_first_not_of(" \t\r\n");
    const std::string_view token = all.substr(first == std::string_view::npos ? all.size() : first);
    const bool plain = token.starts_with('"') || token.starts_with("null") || token.starts_with("true") ||
                       token.starts_with("false") || token.starts_with('-') || (token[0] >= '0' && token[0] <= '9');
    if (!plain || token.find('=') != std::string_view::npos) return fail(NotJson{});
    return out;
  }
  const bool cut_off = out.rows_.size() > max_rows;
  const bool at_end = cut_off || document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (error || !at_end) return fail(NotJson{});
  return out;
}

Result<std::vector<std::string>, NotJson> read_texts(std::string_view json, std::size_t most) {
  std::string padded(json);
  padded.append(simdjson::SIMDJSON_PADDING, '\0');
  od::parser parser;
  od::document document;
  od::array array;
  if (parser.iterate(padded.data(), json.size(), padded.size()).get(document)) return fail(NotJson{});
  if (document.get_array().get(array)) return fail(NotJson{});
  std::vector<std::string> texts;
  for (auto element : array) {
    od::value value;
    if (element.get(value)) return fail(NotJson{});
    if (texts.size() == most) break;
    std::vector<char> storage;
    Arena arena(storage, json.size() + 1);
    Scalar scalar;
    if (read_scalar(value, arena, scalar)) return fail(NotJson{});
    if (scalar.kind != Scalar::Kind::Text && scalar.kind != Scalar::Kind::Number) return fail(NotJson{});
    texts.emplace_back(scalar.text);
  }
  return texts;
}

}  // namespace parcelwake::wire::json
