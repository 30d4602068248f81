#include "wire/xml/tree.h"

#include <algorithm>

#include "base/ascii.h"
#include "wire/xml/charset.h"
#include "wire/xml/tree_data.h"

namespace parcelwake::wire::xml {
namespace {

// Every node and attribute of the parsed document costs a '<', '>' or '=' of its text, so that memory is bounded before
// any is taken.
bool has_too_many_nodes(std::string_view text, std::size_t limit) {
  const auto marks = std::count_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '='; });
  return static_cast<std::size_t>(marks) > limit;
}

const char* local_name(const char* name) {
  const char* colon = name;
  while (*colon != '\0' && *colon != ':') ++colon;
  return *colon == '\0' ? nullptr : colon + 1;
}

void strip_namespaces(pugi::xml_node element) {
  if (const char* name = local_name(element.name())) element.set_name(std::string(name).c_str());
  pugi::xml_attribute attribute = element.first_attribute();
  while (attribute) {
    const pugi::xml_attribute next = attribute.next_attribute();
    if (std::string_view(attribute.name()).starts_with("xmlns")) {
      element.remove_attribute(attribute);
    } else if (const char* name = local_name(attribute.name())) {
      attribute.set_name(std::string(name).c_str());
    }
    attribute = next;
  }
}

// Walks without recursion: the depth is foreign. False when it is beyond the limit.
bool strip_all_namespaces(pugi::xml_node document, std::size_t limit) {
  std::size_t depth = 1;
  pugi::xml_node at = document.first_child();
  while (at) {
    strip_namespaces(at);
    if (pugi::xml_node child = at.first_child()) {
      if (++depth > limit) return false;
      at = child;
      continue;
    }
    while (at != document && !at.next_sibling()) {
      at = at.parent();
      --depth;
    }
    if (at == document) return true;
    at = at.next_sibling();
  }
  return true;
}

}  // namespace

Result<Tree, ReadError> Tree::from_xml(std::string_view bytes, std::string_view charset, const Limits& limits) {
  if (bytes.size() > limits.bytes) return fail(ReadError::TooLarge);
  const std::string text = to_utf8(bytes, charset, declared_encoding(bytes));
  if (ascii::trimmed(text).empty()) return fail(ReadError::Empty);
  if (has_too_many_nodes(text, limits.nodes)) return fail(ReadError::TooLarge);
  auto data = std::make_unique<TreeData>();
  const auto outcome = data->document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!outcome) return fail(ReadError::Malformed);
  if (!strip_all_namespaces(data->document, limits.depth)) return fail(ReadError::TooDeep);
  return Tree(std::move(data));
}

Tree::Tree(std::unique_ptr<TreeData> data) : data_(std::move(data)) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

Node Tree::root() const { return Node(data_->document.internal_object()); }

}  // namespace parcelwake::wire::xml
