#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::xml {

// Why bytes gave no tree.
enum class ReadError {
  Empty,      // Nothing but white space.
  Malformed,  // Not of the kind it was read as.
  TooDeep,    // Nested beyond the limit.
  TooLarge,   // More bytes or nodes than the limit.
};

// How much of foreign bytes is read.
struct Limits {
  std::size_t bytes = 16U << 20;
  std::size_t nodes = 1U << 20;  // elements, attributes and texts
  std::size_t depth = 128;
};

struct TreeData;

// A place in a Tree. A handle: copy freely, but not beyond the tree.
class Node {
 public:
  Node() = default;

 private:
  friend class Tree;
  friend class Query;
  explicit Node(void* element) : element_(element) {}

  void* element_ = nullptr;
};

// What a document says, whatever it was written in: elements, attributes and texts to ask with a Query. Texts are valid
// UTF-8; bytes that were not become U+FFFD. Never changes once read: safe to query from several threads.
class Tree {
 public:
  // Namespace prefixes and declarations are dropped, document types are skipped and define nothing.
  // `charset` is the one that came beside the bytes (HTTP) and may be empty; a byte order mark, then `charset`, then
  // the XML declaration decide. An unknown charset is read as UTF-8.
  static Result<Tree, ReadError> from_xml(std::string_view bytes, std::string_view charset = {},
                                          const Limits& limits = {});

  // The value is /json. A member is an element of its name, a key that is no XML name `<_ key="…">`; an array is its
  // elements repeated in order under the member's name, an array in an array or at the root `item`; null is no element,
  // "" and {} an empty one; numbers keep the text they were written with.
  static Result<Tree, ReadError> from_json(std::string_view bytes, std::string_view charset = {},
                                           const Limits& limits = {});

  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;
  ~Tree();

  Node root() const;  // the document, above its outermost element

 private:
  explicit Tree(std::unique_ptr<TreeData> data);

  std::unique_ptr<TreeData> data_;
};

}  // namespace parcelwake::wire::xml
