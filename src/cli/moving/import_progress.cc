#include "cli/moving/import_progress.h"

#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "server/owned_file.h"
#include "wire/json/rows_reader.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

std::optional<std::int64_t> whole_number(const wire::json::Row& row, std::string_view key) {
  const wire::json::Scalar* value = row.find(key);
  if (value == nullptr || value->kind != wire::json::Scalar::Kind::Number) return std::nullopt;
  std::int64_t number = 0;
  const char* end = value->text.data() + value->text.size();
  const auto [parsed, error] = std::from_chars(value->text.data(), end, number);
  return error == std::errc{} && parsed == end ? std::optional(number) : std::nullopt;
}

ImportProgress read(const wire::json::Row& row) {
  const auto number = [&](std::string_view key, std::int64_t otherwise) {
    return whole_number(row, key).value_or(otherwise);
  };
  ImportProgress progress;
  progress.counts = {.added = number("added", 0),
                     .imported_before = number("imported_before", 0),
                     .already_there = number("already_there", 0),
                     .deleted = number("deleted", 0),
                     .refused = number("refused", 0)};
  progress.rejects_bytes = number("rejects_bytes", 0);
  progress.page = number("page", 1);
  progress.created_max_s = whole_number(row, "created_max_s");
  progress.created_min_s = whole_number(row, "created_min_s");
  progress.newest_s = whole_number(row, "newest_s");
  progress.rows_done = number("rows_done", 0);
  const wire::json::Scalar* complete = row.find("complete");
  progress.complete = complete != nullptr && complete->text == "true";
  return progress;
}

void write(wire::json::Writer& writer, const ImportProgress& progress) {
  const auto optional = [&](std::string_view key, const std::optional<std::int64_t>& value) {
    if (value) writer.field(key, *value);
  };
  writer.begin_object();
  write_counts(writer, progress.counts);
  writer.field("rejects_bytes", progress.rejects_bytes).field("page", progress.page);
  optional("created_max_s", progress.created_max_s);
  optional("created_min_s", progress.created_min_s);
  optional("newest_s", progress.newest_s);
  writer.field("rows_done", progress.rows_done).field("complete", progress.complete).end_object();
}

}  // namespace

ProgressFile::ProgressFile(const std::string& data_directory, std::string name)
    : folder_(data_directory + "/import"), name_(std::move(name)) {}

Result<void, std::string> ProgressFile::make_folder() const {
  if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) {
    return fail("cannot make " + folder_ + ": " + std::strerror(errno));
  }
  return {};
}

ImportProgress ProgressFile::load() const {
  std::ifstream file(folder_ + "/" + name_ + ".json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto rows = wire::json::read_rows(text);
  if (!rows || rows->shape() != wire::json::Rows::Shape::Object) return ImportProgress{};
  return read(rows->rows().front());
}

Result<void, std::string> ProgressFile::keep(const ImportProgress& progress) const {
  std::string text;
  wire::json::Writer writer(text);
  write(writer, progress);
  return server::replace_file(folder_, name_ + ".json", text);
}

}  // namespace parcelwake::cli
