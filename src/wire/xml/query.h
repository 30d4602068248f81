#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/xml/tree.h"

namespace parcelwake::wire::xml {

struct CompiledQuery;

// An XPath 1.0 expression, compiled once. Copies share it; evaluation is safe from several threads.
class Query {
 public:
  // Fails with what is wrong, and where in the expression.
  static Result<Query, std::string> compile(std::string_view expression);

  const std::string& expression() const;

  // The elements found, in document order; none when the expression gives something else than nodes.
  std::vector<Node> nodes(Node context) const;

  // The first found text that is not blank, or what the expression computes; empty when there is none. As it stands:
  // white space is kept.
  std::string text(Node context) const;

  // All found texts that are not blank, in document order; of a computed value that one.
  std::vector<std::string> texts(Node context) const;

  // Whether anything is found, or the computed value is true.
  bool holds(Node context) const;

 private:
  explicit Query(std::shared_ptr<const CompiledQuery> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const CompiledQuery> compiled_;
};

}  // namespace parcelwake::wire::xml
