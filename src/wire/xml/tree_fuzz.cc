#include <cstddef>
#include <cstdint>

#include "wire/xml/query.h"

// Any bytes in any charset give a tree or an error; a tree can be asked. The first byte chooses the charset.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcelwake::wire::xml;
  static const Query everything = Query::compile("//*[text()] | //@*").value();
  static constexpr std::string_view kCharsets[] = {"",    "utf-8",     "iso-8859-1", "windows-1251",
                                                   "gbk", "shift_jis", "utf-16"};
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view charset = kCharsets[data[0] % std::size(kCharsets)];
  if (const auto tree = Tree::from_xml(bytes, charset, {.bytes = 1 << 16, .nodes = 1 << 12, .depth = 64})) {
    static_cast<void>(everything.texts(tree.value().root()));
  }
  return 0;
}
