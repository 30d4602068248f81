#include "carriers/engine/operation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/ascii.h"

namespace parcelwake::carriers {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

struct NamedCharacter {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<NamedCharacter, 11> kNamedCharacters = {{{"amp", "&"},
                                                              {"lt", "<"},
                                                              {"gt", ">"},
                                                              {"quot", "\""},
                                                              {"apos", "'"},
                                                              {"nbsp", " "},
                                                              {"reg", "®"},
                                                              {"trade", "™"},
                                                              {"copy", "©"},
                                                              {"ndash", "–"},
                                                              {"mdash", "—"}}};

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int following = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr std::array<std::uint32_t, 4> kLead = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[static_cast<std::size_t>(following)] | (c >> (6 * following)));
  for (int i = following - 1; i >= 0; --i) out += static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F));
}

// The character that "#153" or "nbsp" stands for; nothing when it is none.
std::optional<std::string> character_for(std::string_view reference) {
  for (const auto& [name, text] : kNamedCharacters) {
    if (name == reference) return std::string(text);
  }
  if (!reference.starts_with('#') || reference.size() < 2) return std::nullopt;
  reference.remove_prefix(1);
  const bool hex = ascii::lower(reference.front()) == 'x';
  if (hex) reference.remove_prefix(1);
  std::uint32_t c = 0;
  const auto [end, error] = std::from_chars(reference.data(), reference.data() + reference.size(), c, hex ? 16 : 10);
  if (error != std::errc{} || end != reference.data() + reference.size()) return std::nullopt;
  if (c == 153) return "™";  // windows-1252, as browsers read it
  if (c < 0x20 || c > 0x10FFFF || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c <= 0xDFFF)) return " ";
  std::string text;
  append_utf8(text, c);
  return text;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '&' ? text.substr(i, 12).find(';') : std::string_view::npos;
    const auto character = end == std::string_view::npos ? std::nullopt : character_for(text.substr(i + 1, end - 1));
    if (character) {
      out += *character;
      i += end;
    } else {
      out += text[i];
    }
  }
  return out;
}

// A tag leaves a space where it parted words, none where it only marked them up.
std::string without_tags(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('<');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('>', open);
    if (close == std::string_view::npos) {
      out += text.substr(open);
      break;
    }
    const bool is_tag = open + 1 < close && (ascii::is_letter(text[open + 1]) || text[open + 1] == '/');
    if (!is_tag) {
      out += '<';
      text.remove_prefix(open + 1);
      continue;
    }
    const std::string name = ascii::to_lower(text.substr(open + 1, close - open - 1));
    if (name.starts_with("br") || name.starts_with("p") || name.starts_with("/p") || name.starts_with("/div"))
      out += ' ';
    text.remove_prefix(close + 1);
  }
  return out;
}

// Letters beyond ASCII are left as they are: without a language there is no right case for them.
std::string title(std::string_view text) {
  std::string out;
  bool in_word = false;
  for (const char c : text) {
    const bool letter = ascii::is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    out += in_word ? ascii::lower(c) : ascii::upper(c);
    in_word = letter || (in_word && c == '\'');
  }
  return out;
}

std::string words(std::string_view text) {
  const bool is_key = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_upper(c) || ascii::is_digit(c) || c == '_';
  });
  if (!is_key || text.find('_') == std::string_view::npos) return std::string(text);
  std::string out = ascii::to_lower(text);
  std::replace(out.begin(), out.end(), '_', ' ');
  out.front() = ascii::upper(out.front());
  return out;
}

}  // namespace

std::string collapsed(std::string_view text) {
  std::string out;
  bool gap = false;
  while (!text.empty()) {
    const bool no_break = text.starts_with(kNoBreakSpace);
    if (no_break || ascii::is_space(text.front())) {
      gap = true;
      text.remove_prefix(no_break ? kNoBreakSpace.size() : 1);
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

std::string apply_operation(Operation operation, std::string_view text) {
  switch (operation) {
    case Operation::StripMarkup:
      return collapsed(decoded(without_tags(text)));
    case Operation::Title:
      return title(text);
    case Operation::Upper:
      return ascii::to_upper(text);
    case Operation::Words:
      return words(text);
  }
  return std::string(text);
}

}  // namespace parcelwake::carriers
