#include "carriers/samples/sample_library.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "base/ascii.h"
#include "wire/xml/query.h"
#include "wire/xml/tree.h"

namespace parcelwake::carriers {
namespace {

namespace fs = std::filesystem;
using wire::xml::Query;
using wire::xml::Tree;

struct Extension {
  std::string_view text;
  std::string_view content_type;
};
constexpr std::array<Extension, 3> kExtensions = {{
    {".json", "application/json"},
    {".xml", "text/xml"},
    {".html", "text/html"},
}};

// A sample's answer and the expected result that describes it.
struct Files {
  std::string name;
  fs::path answer;
  fs::path expected;
};

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) return std::nullopt;
  return std::move(bytes).str();
}

std::string_view content_type_of(const fs::path& path) {
  const std::string extension = path.extension().string();
  const auto found = std::find_if(kExtensions.begin(), kExtensions.end(),
                                  [&](const Extension& known) { return known.text == extension; });
  return found == kExtensions.end() ? std::string_view{} : found->content_type;
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

// <carrier>/<sample>/response.* beside expected.json
void find_in_sample_folder(const fs::path& folder, std::vector<Files>& found) {
  for (const Extension& extension : kExtensions) {
    const fs::path answer = folder / ("response" + std::string(extension.text));
    if (fs::exists(answer)) found.push_back({folder.filename().string(), answer, folder / "expected.json"});
  }
}

// connectors/<carrier>/samples/<name>.* and expected/<name>.json
void find_in_connector(const fs::path& connector, std::vector<Files>& found) {
  for (const fs::path& answer : sorted_entries(connector / "samples")) {
    if (content_type_of(answer).empty()) continue;
    const std::string name = answer.stem().string();
    found.push_back({name, answer, connector / "expected" / (name + ".json")});
  }
}

std::vector<Files> find_samples(const fs::path& folder) {
  std::vector<Files> found;
  std::error_code error;
  for (const fs::path& carrier : sorted_entries(folder)) {
    if (fs::is_directory(carrier / "samples", error)) {
      find_in_connector(carrier, found);
      continue;
    }
    for (const fs::path& sample : sorted_entries(carrier)) {
      if (fs::exists(sample / "expected.json", error)) find_in_sample_folder(sample, found);
    }
  }
  return found;
}

Query query(const char* expression) {
  return Query::compile(expression).value();  // ours, and tested
}

// Airlines are asked for prefix and serial of an air waybill apart: "172-00000033" is known by its second half, too.
std::string serial_of(const std::string& waybill) { return waybill.substr(waybill.find('-') + 1); }

// What expected.json says of the sample; false when it is no such document.
bool describe(std::string_view expected, Sample& sample) {
  static const Query kFormat = query("/json/format");
  static const Query kStatus = query("/json/http_status");
  static const Query kNumbers = query("/json/results/tracking_number | /json/results/tracking_number_any_of");
  static const Query kWaybills = query("/json/results[flights]/tracking_number");
  static const Query kFound = query("/json/results[not(status = 'notfound' and substatus = 'notfound002')]");
  static const Query kResults = query("/json/results");
  static const Query kError = query("/json/error/kind");
  const auto tree = Tree::from_json(expected);
  if (!tree) return false;
  const auto root = tree.value().root();
  sample.format = kFormat.text(root);
  const std::string status = kStatus.text(root);
  if (!status.empty()) std::from_chars(status.data(), status.data() + status.size(), sample.http_status);
  sample.numbers = kNumbers.texts(root);
  for (const std::string& number : kWaybills.texts(root)) sample.numbers.push_back(serial_of(number));
  sample.error = kError.holds(root);
  sample.not_found = !sample.error && kResults.holds(root) && !kFound.holds(root);
  return !sample.format.empty();
}

// The better of two answers to a number that no sample carries.
int fallback_rank(const Sample& sample) {
  if (sample.error) return 0;
  if (sample.not_found) return sample.numbers.empty() ? 3 : 1;
  return sample.numbers.empty() ? 2 : 0;
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t length) {
  const bool joined_before = at > 0 && ascii::is_alphanumeric(text[at - 1]);
  const bool joined_after = at + length < text.size() && ascii::is_alphanumeric(text[at + length]);
  return !joined_before && !joined_after;
}

std::size_t find_word(std::string_view text, std::string_view word) {
  std::size_t at = text.find(word);
  while (at != std::string_view::npos && !stands_alone(text, at, word.size())) at = text.find(word, at + 1);
  return at;
}

}  // namespace

Result<SampleLibrary, std::string> SampleLibrary::load(const std::string& folder) {
  SampleLibrary library;
  for (const Files& files : find_samples(folder)) {
    auto sample = std::make_unique<Sample>();
    sample->name = files.name;
    sample->content_type = content_type_of(files.answer);
    const auto body = read_file(files.answer);
    const auto expected = read_file(files.expected);
    if (!body) return fail(files.answer.string() + " cannot be read");
    if (!expected || !describe(*expected, *sample)) {
      return fail(files.expected.string() + " is missing, or tells no format");
    }
    sample->body = *body;
    library.add(std::move(sample));
  }
  if (library.samples_.empty()) return fail("there are no samples in " + folder);
  return library;
}

void SampleLibrary::add(std::unique_ptr<Sample> sample) {
  Shelf& shelf = by_format_[sample->format];
  for (const std::string& number : sample->numbers) shelf.by_number.emplace(ascii::to_upper(number), sample.get());
  shelf.by_number.emplace("SAMPLE-" + ascii::to_upper(sample->name), sample.get());
  const int rank = fallback_rank(*sample);
  if (rank > 0 && (shelf.otherwise == nullptr || rank > fallback_rank(*shelf.otherwise))) {
    shelf.otherwise = sample.get();
  }
  samples_.push_back(std::move(sample));
}

std::vector<std::string> SampleLibrary::formats() const {
  std::vector<std::string> names;
  for (const auto& [name, shelf] : by_format_) names.push_back(name);
  return names;
}

const Sample* SampleLibrary::choose(std::string_view format, std::string_view text) const {
  const auto shelf = by_format_.find(format);
  if (shelf == by_format_.end()) return nullptr;
  const std::string folded = ascii::to_upper(text);
  const Sample* chosen = shelf->second.otherwise;
  std::size_t first = std::string::npos;
  for (const auto& [number, sample] : shelf->second.by_number) {
    const std::size_t at = find_word(folded, number);
    if (at < first) {
      first = at;
      chosen = sample;
    }
  }
  return chosen;
}

}  // namespace parcelwake::carriers
