#include "carriers/asking/template_text.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "wire/json/writer.h"

namespace parcelwake::carriers {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::string json_escaped(std::string_view text) {
  std::string quoted;
  wire::json::append_string(quoted, text);
  return quoted.substr(1, quoted.size() - 2);
}

// Control characters have no place in XML 1.0 at all; they become spaces.
std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&apos;";
        break;
      default:
        escaped.push_back(is_control(c) ? ' ' : c);
    }
  }
  return escaped;
}

std::string escaped(std::string_view value, Escape escape) {
  switch (escape) {
    case Escape::None:
      return std::string(value);
    case Escape::Percent:
      return percent_encoded(value);
    case Escape::Json:
      return json_escaped(value);
    case Escape::Xml:
      return xml_escaped(value);
  }
  return {};
}

std::string_view credential(const TemplateValues& values, const std::string& name) {
  if (values.credentials == nullptr) return {};
  const auto found = values.credentials->find(name);
  return found == values.credentials->end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view detail(const TemplateValues& values, const std::string domain::Details::*member) {
  return values.questions.empty() ? std::string_view{} : std::string_view(values.questions.front().details.*member);
}

// The parts of an air waybill's number, "172-00000033".
struct WaybillParts {
  std::string_view prefix;
  std::string_view serial;
};
WaybillParts waybill_of(const TemplateValues& values) {
  if (values.questions.empty()) return {};
  const std::string_view number = values.questions.front().number.text();
  const std::size_t hyphen = number.find('-');
  if (hyphen == std::string_view::npos) return {};
  return {number.substr(0, hyphen), number.substr(hyphen + 1)};
}

// The value of any placeholder but Numbers.
std::string_view value_of(const Template::Piece& piece, const TemplateValues& values) {
  switch (piece.placeholder) {
    case Placeholder::None:
    case Placeholder::Numbers:
      return {};
    case Placeholder::Number:
      return values.questions.empty() ? std::string_view{} : std::string_view(values.questions.front().number.text());
    case Placeholder::WaybillPrefix:
      return waybill_of(values).prefix;
    case Placeholder::WaybillSerial:
      return waybill_of(values).serial;
    case Placeholder::PostalCode:
      return detail(values, &domain::Details::postal_code);
    case Placeholder::Language: {
      const std::string_view language = detail(values, &domain::Details::language);
      return language.empty() ? "en" : language;
    }
    case Placeholder::Destination:
      return detail(values, &domain::Details::destination_code);
    case Placeholder::ShipDate:
      return detail(values, &domain::Details::ship_date);
    case Placeholder::AccountNumber:
      return detail(values, &domain::Details::account_number);
    case Placeholder::Unique:
      return values.unique;
    case Placeholder::Token:
      return values.token;
    case Placeholder::Credential:
      return credential(values, piece.text);
  }
  return {};
}

Result<std::string, Unrenderable> render_numbers(const TemplateValues& values) {
  std::string joined;
  for (std::size_t i = 0; i < values.questions.size(); ++i) {
    TemplateValues one = values;
    one.questions = values.questions.subspan(i, 1);
    auto part = render(values.batch->each, one);
    if (!part) return part;
    if (i > 0) joined += values.batch->separator;
    joined += *part;
  }
  return joined;
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (ascii::is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kDigits[byte >> 4]);
    encoded.push_back(kDigits[byte & 15]);
  }
  return encoded;
}

Result<std::string, Unrenderable> render(const Template& text, const TemplateValues& values) {
  std::string rendered;
  for (const Template::Piece& piece : text.pieces) {
    if (piece.placeholder == Placeholder::None) {
      rendered += piece.text;
      continue;
    }
    if (piece.placeholder == Placeholder::Numbers) {
      auto numbers = render_numbers(values);
      if (!numbers) return numbers;
      rendered += *numbers;
      continue;
    }
    const std::string_view value = value_of(piece, values);
    const bool bare = text.escape == Escape::None && !text.percent_whole;
    if (bare && std::any_of(value.begin(), value.end(), is_control)) {
      return fail(Unrenderable{"a value holds a control character where none can stand"});
    }
    rendered += escaped(value, text.escape);
  }
  return text.percent_whole ? percent_encoded(rendered) : std::move(rendered);
}

bool lacks_a_value(const Template& text, const TemplateValues& values) {
  return std::any_of(text.pieces.begin(), text.pieces.end(), [&](const Template::Piece& piece) {
    return piece.placeholder != Placeholder::None && piece.placeholder != Placeholder::Numbers &&
           value_of(piece, values).empty();
  });
}

}  // namespace parcelwake::carriers
