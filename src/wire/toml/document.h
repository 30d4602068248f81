#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::toml {

// Where something stands in a file; both count from 1, the column in characters.
struct Place {
  int line = 0;
  int column = 0;
};

struct Problem {
  std::string file;
  Place place;
  std::string message;
};

// "connectors/dhl/carrier.toml:12:5: unknown key 'colour'".
std::string to_string(const Problem& problem);

enum class Kind { String, Integer, Float, Boolean, Date, Array, Table };

namespace detail {
struct Node;
struct Tree;
}  // namespace detail

class Table;

// One value of a document. A handle: copy freely, but not beyond the Document.
//
// Asking for another kind than the value has gives nothing and notes a problem in the document.
class Value {
 public:
  Kind kind() const;
  Place place() const;

  std::optional<std::string_view> string() const;
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;  // an integer counts
  std::optional<bool> boolean() const;
  std::optional<Table> table() const;
  std::vector<Value> items() const;  // of an array; empty for other kinds

  // Notes a problem at this value.
  void refuse(std::string message) const;

 private:
  friend class Table;
  friend class Document;
  Value(detail::Tree* tree, detail::Node* node) : tree_(tree), node_(node) {}

  detail::Tree* tree_;
  detail::Node* node_;
};

// One table of a document; a handle like Value. Getters mark their key as read.
//
// An absent key gives nothing; one of another kind gives nothing and notes a problem. `required_…` notes the absence
// too and gives an empty value. So a loader reads on, and the file's author is told everything at once.
class Table {
 public:
  struct Entry;

  Place place() const;
  bool has(std::string_view key) const;  // does not mark it
  std::vector<Entry> entries() const;    // in the file's order; all are marked as read

  std::optional<Value> value(std::string_view key) const;
  std::optional<std::string_view> string(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<Table> table(std::string_view key) const;

  std::vector<Value> array(std::string_view key) const;
  std::vector<std::string_view> strings(std::string_view key) const;  // an array of strings alone
  std::vector<Table> tables(std::string_view key) const;              // [[key]]

  std::string_view required_string(std::string_view key) const;  // an empty one is refused as well
  std::int64_t required_integer(std::string_view key) const;
  std::optional<Table> required_table(std::string_view key) const;

  // Notes a problem at the key, or at the table when it has none of that name.
  void refuse(std::string_view key, std::string message) const;

 private:
  friend class Value;
  friend class Document;
  Table(detail::Tree* tree, detail::Node* node) : tree_(tree), node_(node) {}

  detail::Node* find(std::string_view key) const;

  detail::Tree* tree_;
  detail::Node* node_;
};

struct Table::Entry {
  std::string_view key;
  Value value;
};

// A TOML file, read once: parse, walk from root() with the getters, refuse_unread_keys(), look at problems().
// For one thread; handles and string views die with it.
class Document {
 public:
  // `file` is what problems call it. Fails with the first place that is no TOML (duplicate keys are none).
  static Result<Document, Problem> parse(std::string_view text, std::string file);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Table root() const;

  // Notes a problem for each key that no getter asked for. A table nobody read is named once, not key by key.
  void refuse_unread_keys();

  // All that was noted, in the file's order.
  std::vector<Problem> problems() const;

 private:
  explicit Document(std::unique_ptr<detail::Tree> tree);

  std::unique_ptr<detail::Tree> tree_;
};

}  // namespace parcelwake::wire::toml
