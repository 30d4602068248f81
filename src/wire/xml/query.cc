#include "wire/xml/query.h"

#include <pugixml.hpp>

#include "base/ascii.h"

namespace parcelwake::wire::xml {

struct CompiledQuery {
  std::string expression;
  pugi::xpath_query query;
};

namespace {

pugi::xpath_node context_of(void* element) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(element)); }

// The string value as XPath has it: all text within, in order. Without recursion, the tree is foreign.
std::string all_text(pugi::xml_node top) {
  std::string text;
  pugi::xml_node at = top;
  while (at) {
    if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata) text += at.value();
    if (pugi::xml_node child = at.first_child()) {
      at = child;
      continue;
    }
    while (at != top && !at.next_sibling()) at = at.parent();
    if (at == top) break;
    at = at.next_sibling();
  }
  return text;
}

std::string text_of(const pugi::xpath_node& found) {
  if (found.attribute()) return found.attribute().value();
  return all_text(found.node());
}

pugi::xpath_node_set found_by(const pugi::xpath_query& query, const pugi::xpath_node& context) {
  pugi::xpath_node_set found = query.evaluate_node_set(context);
  found.sort();
  return found;
}

bool gives_nodes(const pugi::xpath_query& query) { return query.return_type() == pugi::xpath_type_node_set; }

}  // namespace

Result<Query, std::string> Query::compile(std::string_view expression) {
  auto compiled = std::make_shared<CompiledQuery>();
  compiled->expression = expression;
  try {
    compiled->query = pugi::xpath_query(compiled->expression.c_str());
  } catch (const pugi::xpath_exception& error) {
    return fail(std::string(error.what()) + " at character " + std::to_string(error.result().offset + 1));
  }
  return Query(std::move(compiled));
}

const std::string& Query::expression() const { return compiled_->expression; }

std::vector<Node> Query::nodes(Node context) const {
  std::vector<Node> nodes;
  if (!gives_nodes(compiled_->query)) return nodes;
  for (const pugi::xpath_node& found : found_by(compiled_->query, context_of(context.element_))) {
    if (found.node()) nodes.push_back(Node(found.node().internal_object()));
  }
  return nodes;
}

std::string Query::text(Node context) const {
  if (!gives_nodes(compiled_->query)) return compiled_->query.evaluate_string(context_of(context.element_));
  for (const pugi::xpath_node& found : found_by(compiled_->query, context_of(context.element_))) {
    std::string text = text_of(found);
    if (!ascii::trimmed(text).empty()) return text;
  }
  return {};
}

std::vector<std::string> Query::texts(Node context) const {
  std::vector<std::string> texts;
  const auto keep = [&texts](std::string text) {
    if (!ascii::trimmed(text).empty()) texts.push_back(std::move(text));
  };
  if (!gives_nodes(compiled_->query)) {
    keep(compiled_->query.evaluate_string(context_of(context.element_)));
    return texts;
  }
  for (const pugi::xpath_node& found : found_by(compiled_->query, context_of(context.element_))) keep(text_of(found));
  return texts;
}

bool Query::holds(Node context) const { return compiled_->query.evaluate_boolean(context_of(context.element_)); }

}  // namespace parcelwake::wire::xml
