#include "wire/toml/document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace parcelwake::wire::toml {

namespace detail {

struct Node {
  Kind kind = Kind::Table;
  std::string key;  // of a table's member
  Place place;      // of the value
  Place key_place;  // of the key, else of the value
  std::string string;
  std::int64_t integer = 0;
  double number = 0;
  bool read = false;
  std::vector<Node> children;  // an array's items; a table's members in the file's order
};

struct Tree {
  std::string file;
  Node root;
  std::vector<Problem> problems;

  void note(Place place, std::string message) { problems.push_back({file, place, std::move(message)}); }
};

}  // namespace detail

namespace {

using detail::Node;
using detail::Tree;

Place place_of(const ::toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

bool comes_before(Place a, Place b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); }

Node copied(const ::toml::node& from);

void copy_members(const ::toml::table& from, Node& to) {
  for (const auto& [key, member] : from) {
    Node child = copied(member);
    child.key = std::string(key.str());
    child.key_place = place_of(key.source());
    to.children.push_back(std::move(child));
  }
  std::stable_sort(to.children.begin(), to.children.end(),
                   [](const Node& a, const Node& b) { return comes_before(a.key_place, b.key_place); });
}

Node copied(const ::toml::node& from) {
  Node to;
  to.place = to.key_place = place_of(from.source());
  if (const auto* table = from.as_table()) {
    copy_members(*table, to);
  } else if (const auto* array = from.as_array()) {
    to.kind = Kind::Array;
    for (const ::toml::node& item : *array) to.children.push_back(copied(item));
  } else if (const auto* text = from.as_string()) {
    to.kind = Kind::String;
    to.string = text->get();
  } else if (const auto* integer = from.as_integer()) {
    to.kind = Kind::Integer;
    to.integer = integer->get();
  } else if (const auto* number = from.as_floating_point()) {
    to.kind = Kind::Float;
    to.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    to.kind = Kind::Boolean;
    to.integer = boolean->get() ? 1 : 0;
  } else {
    to.kind = Kind::Date;
  }
  return to;
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::String:
      return "a string";
    case Kind::Integer:
      return "an integer";
    case Kind::Float:
      return "a number";
    case Kind::Boolean:
      return "a boolean";
    case Kind::Date:
      return "a date";
    case Kind::Array:
      return "an array";
    case Kind::Table:
      return "a table";
  }
  return "";
}

std::string called(const Node& node) { return node.key.empty() ? "this value" : "'" + node.key + "'"; }

bool is(Tree& tree, const Node& node, Kind wanted) {
  if (node.kind == wanted) return true;
  tree.note(node.place,
            called(node) + " must be " + std::string(name_of(wanted)) + ", not " + std::string(name_of(node.kind)));
  return false;
}

void refuse_unread(Tree& tree, const Node& node) {
  for (const Node& child : node.children) {
    if (node.kind == Kind::Table && !child.read) {
      tree.note(child.key_place, "unknown key '" + child.key + "'");
    } else {
      refuse_unread(tree, child);
    }
  }
}

}  // namespace

std::string to_string(const Problem& problem) {
  return problem.file + ":" + std::to_string(problem.place.line) + ":" + std::to_string(problem.place.column) + ": " +
         problem.message;
}

Kind Value::kind() const { return node_->kind; }

Place Value::place() const { return node_->place; }

std::optional<std::string_view> Value::string() const {
  if (!is(*tree_, *node_, Kind::String)) return std::nullopt;
  return node_->string;
}

std::optional<std::int64_t> Value::integer() const {
  if (!is(*tree_, *node_, Kind::Integer)) return std::nullopt;
  return node_->integer;
}

std::optional<double> Value::number() const {
  if (node_->kind == Kind::Integer) return static_cast<double>(node_->integer);
  if (!is(*tree_, *node_, Kind::Float)) return std::nullopt;
  return node_->number;
}

std::optional<bool> Value::boolean() const {
  if (!is(*tree_, *node_, Kind::Boolean)) return std::nullopt;
  return node_->integer != 0;
}

std::optional<Table> Value::table() const {
  if (!is(*tree_, *node_, Kind::Table)) return std::nullopt;
  return Table(tree_, node_);
}

std::vector<Value> Value::items() const {
  std::vector<Value> items;
  if (!is(*tree_, *node_, Kind::Array)) return items;
  for (Node& child : node_->children) items.push_back(Value(tree_, &child));
  return items;
}

void Value::refuse(std::string message) const { tree_->note(node_->place, std::move(message)); }

Place Table::place() const { return node_->place; }

detail::Node* Table::find(std::string_view key) const {
  const auto found = std::find_if(node_->children.begin(), node_->children.end(),
                                  [key](const Node& child) { return child.key == key; });
  return found == node_->children.end() ? nullptr : &*found;
}

bool Table::has(std::string_view key) const { return find(key) != nullptr; }

std::vector<Table::Entry> Table::entries() const {
  std::vector<Entry> entries;
  for (Node& child : node_->children) {
    child.read = true;
    entries.push_back({child.key, Value(tree_, &child)});
  }
  return entries;
}

std::optional<Value> Table::value(std::string_view key) const {
  Node* node = find(key);
  if (!node) return std::nullopt;
  node->read = true;
  return Value(tree_, node);
}

std::optional<std::string_view> Table::string(std::string_view key) const {
  const auto found = value(key);
  return found ? found->string() : std::nullopt;
}

std::optional<std::int64_t> Table::integer(std::string_view key) const {
  const auto found = value(key);
  return found ? found->integer() : std::nullopt;
}

std::optional<std::int64_t> Table::integer(std::string_view key, std::int64_t least, std::int64_t most) const {
  const auto given = integer(key);
  if (given && (*given < least || *given > most)) {
    refuse(key, "'" + std::string(key) + "' must be " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return given;
}

std::optional<double> Table::number(std::string_view key) const {
  const auto found = value(key);
  return found ? found->number() : std::nullopt;
}

std::optional<bool> Table::boolean(std::string_view key) const {
  const auto found = value(key);
  return found ? found->boolean() : std::nullopt;
}

std::optional<Table> Table::table(std::string_view key) const {
  const auto found = value(key);
  return found ? found->table() : std::nullopt;
}

std::vector<Value> Table::array(std::string_view key) const {
  const auto found = value(key);
  return found ? found->items() : std::vector<Value>{};
}

std::vector<std::string_view> Table::strings(std::string_view key) const {
  std::vector<std::string_view> strings;
  for (const Value& item : array(key)) {
    if (const auto text = item.string()) strings.push_back(*text);
  }
  return strings;
}

std::vector<Table> Table::tables(std::string_view key) const {
  std::vector<Table> tables;
  for (const Value& item : array(key)) {
    if (const auto table = item.table()) tables.push_back(*table);
  }
  return tables;
}

std::string_view Table::required_string(std::string_view key) const {
  if (!has(key)) {
    refuse(key, "'" + std::string(key) + "' is missing");
    return {};
  }
  const auto given = string(key);
  if (given && given->empty()) refuse(key, "'" + std::string(key) + "' is empty");
  return given.value_or("");
}

std::int64_t Table::required_integer(std::string_view key) const {
  if (!has(key)) refuse(key, "'" + std::string(key) + "' is missing");
  return integer(key).value_or(0);
}

std::optional<Table> Table::required_table(std::string_view key) const {
  if (!has(key)) refuse(key, "table '" + std::string(key) + "' is missing");
  return table(key);
}

void Table::refuse(std::string_view key, std::string message) const {
  const Node* node = find(key);
  tree_->note(node ? node->key_place : node_->place, std::move(message));
}

Result<Document, Problem> Document::parse(std::string_view text, std::string file) {
  auto tree = std::make_unique<Tree>();
  tree->file = std::move(file);
  try {
    tree->root = copied(::toml::parse(text));
  } catch (const ::toml::parse_error& error) {
    return fail(Problem{std::move(tree->file), place_of(error.source()), std::string(error.description())});
  }
  return Document(std::move(tree));
}

Document::Document(std::unique_ptr<detail::Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Table Document::root() const { return Table(tree_.get(), &tree_->root); }

void Document::refuse_unread_keys() { refuse_unread(*tree_, tree_->root); }

std::vector<Problem> Document::problems() const {
  std::vector<Problem> sorted = tree_->problems;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Problem& a, const Problem& b) { return comes_before(a.place, b.place); });
  return sorted;
}

}  // namespace parcelwake::wire::toml
