#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "carriers/declaration/request.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::carriers {

using Credentials = std::map<std::string, std::string, std::less<>>;  // secrets by the names a declaration gives them

// What the placeholders of one request stand for. Views: its owner outlives the rendering.
struct TemplateValues {
  std::span<const ports::CarrierQuestion> questions;  // never empty, except for a token request
  const Batch* batch = nullptr;                       // how {numbers} is written; needed when questions are
  const Credentials* credentials = nullptr;
  std::string_view unique;
  std::string_view token;
};

// Why a template could not be rendered: a sentence that shows no value.
struct Unrenderable {
  std::string why;
};

// The template's text with each value escaped as the template asks, so that no value breaks out of its place.
// Placeholders of one shipment ({number}, {postal_code}…) mean the first question. What was not given is empty.
// Fails when a value that goes unescaped holds control characters.
Result<std::string, Unrenderable> render(const Template& text, const TemplateValues& values);

// Whether a placeholder in it stands for nothing.
bool lacks_a_value(const Template& text, const TemplateValues& values);

// Everything but RFC 3986's unreserved characters becomes %XX.
std::string percent_encoded(std::string_view text);

}  // namespace parcelwake::carriers
