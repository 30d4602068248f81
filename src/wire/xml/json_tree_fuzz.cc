#include <cstddef>
#include <cstdint>

#include "wire/xml/query.h"

// Any bytes give a tree or an error; a tree can be asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcelwake::wire::xml;
  static const Query everything = Query::compile("//*[text()] | //@*").value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto tree = Tree::from_json(bytes, {}, {.bytes = 1 << 16, .nodes = 1 << 12, .depth = 64})) {
    static_cast<void>(everything.texts(tree.value().root()));
  }
  return 0;
}
