#include "carriers/declaration/loader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/ascii.h"
#include "carriers/declaration/load_parts.h"
#include "domain/tracking/tracking_number.h"
#include "parcelwake_carriers_declaration_embedded.h"

namespace parcelwake::carriers {
namespace {

namespace fs = std::filesystem;
using wire::toml::Document;
using wire::toml::Table;

WireFormat load_format(const Table& table, const NamedRules& rules) {
  WireFormat format;
  format.name = table.required_string("name");
  format.version = table.required_string("version");
  load_asking(table, format);
  format.answer = load_answer(table, rules);
  return format;
}

void load_carriers(const Table& root, Declaration& into) {
  for (const std::string_view text : root.strings("carriers")) {
    const auto code = domain::CarrierCode::parse(text);
    if (!code) {
      root.refuse("carriers", "'" + std::string(text) + "' is no carrier code");
    } else if (into.serves(*code)) {
      root.refuse("carriers", "carrier '" + code->text() + "' is listed twice");
    } else {
      into.carriers.push_back(*code);
    }
  }
}

void load_airlines(const Table& root, Declaration& into) {
  for (const std::string_view prefix : root.strings("airlines")) {
    if (prefix.size() != 3 || !std::all_of(prefix.begin(), prefix.end(), ascii::is_digit)) {
      root.refuse("airlines", "'" + std::string(prefix) + "' is no prefix of air waybills");
    } else if (std::find(into.airlines.begin(), into.airlines.end(), prefix) != into.airlines.end()) {
      root.refuse("airlines", "'" + std::string(prefix) + "' is listed twice");
    } else {
      into.airlines.emplace_back(prefix);
    }
  }
  if (into.carriers.empty() && into.airlines.empty()) root.refuse("carriers", "no carrier is served, and no airline");
  if (!into.carriers.empty() && !into.airlines.empty()) root.refuse("airlines", "either carriers or airlines");
}

void load_formats(const Table& root, Declaration& into) {
  const NamedRules rules = load_named_rules(root);
  for (const Table& table : root.tables("format")) {
    WireFormat format = load_format(table, rules);
    if (into.format(format.name) != nullptr) table.refuse("name", "format '" + format.name + "' is declared twice");
    if (format.answer.waybill.has_value() == into.airlines.empty()) {
      table.refuse("answer", "'airlines' and [format.answer.waybill] need each other");
    }
    into.formats.push_back(std::move(format));
  }
  if (into.formats.empty()) root.refuse("format", "no [[format]] is declared");
}

void take(LoadedDeclarations& loaded, Result<Declaration, std::vector<Problem>> outcome) {
  if (outcome) {
    loaded.declarations.push_back(std::make_shared<const Declaration>(std::move(*outcome)));
  } else {
    loaded.problems.insert(loaded.problems.end(), outcome.error().begin(), outcome.error().end());
  }
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

// The folder's entries by name; none when it cannot be read.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    paths.push_back(at->path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::set<std::string> situations_in(const fs::path& folder) {
  std::set<std::string> situations;
  for (const fs::path& path : entries_of(folder)) situations.insert(path.stem().string());
  return situations;
}

}  // namespace

Result<Declaration, std::vector<Problem>> load_declaration(std::string_view toml, std::string file, std::string name) {
  auto document = Document::parse(toml, file);
  if (!document) return fail(std::vector{document.error()});
  const Table root = document->root();
  Declaration declaration;
  declaration.name = std::move(name);
  declaration.file = std::move(file);
  declaration.signup_url = root.string("signup_url").value_or("");
  declaration.sample_number = root.string("sample_number").value_or("");
  if (!declaration.sample_number.empty() && !domain::TrackingNumber::parse(declaration.sample_number)) {
    root.refuse("sample_number", "is no tracking number");
  }
  load_carriers(root, declaration);
  load_airlines(root, declaration);
  load_formats(root, declaration);
  document->refuse_unread_keys();
  if (auto problems = document->problems(); !problems.empty()) return fail(std::move(problems));
  return declaration;
}

LoadedDeclarations load_embedded_declarations() {
  LoadedDeclarations loaded;
  for (const connector_files::File& file : connector_files::files()) {
    const fs::path path(file.path);
    take(loaded, load_declaration(file.bytes, std::string(file.path), path.parent_path().filename().string()));
  }
  return loaded;
}

LoadedDeclarations load_declarations(const std::string& directory) {
  LoadedDeclarations loaded;
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    loaded.problems.push_back({directory, {}, "no directory that can be read"});
    return loaded;
  }
  for (const fs::path& folder : entries_of(directory)) {
    const fs::path path = folder / "carrier.toml";
    if (!fs::exists(path, error)) continue;
    if (const auto bytes = read_file(path)) {
      take(loaded, load_declaration(*bytes, path.string(), folder.filename().string()));
    } else {
      loaded.problems.push_back({path.string(), {}, "cannot be read"});
    }
  }
  return loaded;
}

std::vector<Problem> check_samples(const Declaration& declaration, const std::string& folder) {
  std::vector<Problem> problems;
  const auto note = [&](const fs::path& path, std::string message) {
    problems.push_back({path.string(), {}, std::move(message)});
  };
  const fs::path root(folder);
  const auto samples = situations_in(root / "samples");
  const auto expected = situations_in(root / "expected");
  for (const std::string& name : samples) {
    if (!expected.contains(name)) note(root / "samples" / name, "has no expected result beside it");
  }
  std::set<std::string> covered;
  const auto format_path = wire::xml::Query::compile("/json/format");
  for (const std::string& name : expected) {
    const fs::path path = root / "expected" / (name + ".json");
    if (!samples.contains(name)) note(path, "has no sample beside it");
    const auto tree = wire::xml::Tree::from_json(read_file(path).value_or(""));
    const std::string format = tree ? format_path.value().text(tree.value().root()) : "";
    if (!declaration.format(format)) note(path, "names no format of the declaration");
    covered.insert(format);
  }
  for (const WireFormat& format : declaration.formats) {
    if (!covered.contains(format.name)) note(declaration.file, "format '" + format.name + "' has no sample");
  }
  return problems;
}

}  // namespace parcelwake::carriers
