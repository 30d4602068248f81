#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "carriers/declaration/loader.h"

namespace parcelwake::carriers {

// The declarations in use: those that the executable carries, and over them those of a directory. One from the
// directory replaces the embedded one of its name. Immutable: safe to share between threads.
class Connectors {
 public:
  // `directory` may be empty: none. What could not be loaded is in problems(); an embedded declaration stays in use
  // when its replacement is broken.
  static Connectors load(const std::string& directory);

  const std::vector<std::shared_ptr<const Declaration>>& all() const { return declarations_; }  // by name
  const std::vector<Problem>& problems() const { return problems_; }

  // By the connector's name, else the first that serves a carrier of that code; nullptr when there is none.
  std::shared_ptr<const Declaration> find(std::string_view code) const;

 private:
  std::vector<std::shared_ptr<const Declaration>> declarations_;
  std::vector<Problem> problems_;
};

}  // namespace parcelwake::carriers
