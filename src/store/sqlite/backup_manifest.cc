#include "store/sqlite/backup_manifest.h"

#include <charconv>

#include "wire/json/rows_reader.h"
#include "wire/json/writer.h"

namespace parcelwake::store {
namespace {

bool read_number(const wire::json::Row& row, std::string_view key, std::int64_t& out) {
  const wire::json::Scalar* value = row.find(key);
  if (value == nullptr || value->kind != wire::json::Scalar::Kind::Number) return false;
  const char* const end = value->text.data() + value->text.size();
  return std::from_chars(value->text.data(), end, out).ptr == end;
}

}  // namespace

std::string manifest_text(const BackupManifest& manifest) {
  std::string text;
  wire::json::Writer writer(text);
  writer.begin_object().field("taken_at", to_iso(manifest.taken_at, UtcOffset{}));
  writer.field("taken_at_ms", std::int64_t{manifest.taken_at.time_since_epoch().count()});
  writer.field("schema", std::int64_t{manifest.schema}).field("bytes", manifest.bytes);
  writer.field("sha256", manifest.sha256).field("trackings", manifest.trackings);
  writer.field("accounts", manifest.accounts).end_object();
  return text + "\n";
}

std::optional<BackupManifest> parse_manifest(std::string_view text) {
  const auto read = wire::json::read_rows(text);
  if (!read || read->shape() != wire::json::Rows::Shape::Object) return std::nullopt;
  const wire::json::Row& row = read->rows().front();
  BackupManifest manifest;
  std::int64_t taken_at = 0;
  std::int64_t schema = 0;
  const bool whole = read_number(row, "taken_at_ms", taken_at) && read_number(row, "schema", schema) &&
                     read_number(row, "bytes", manifest.bytes) && read_number(row, "trackings", manifest.trackings) &&
                     read_number(row, "accounts", manifest.accounts);
  const wire::json::Scalar* sha256 = row.find("sha256");
  if (!whole || sha256 == nullptr) return std::nullopt;
  manifest.taken_at = Timestamp{std::chrono::milliseconds{taken_at}};
  manifest.schema = static_cast<int>(schema);
  manifest.sha256 = std::string(sha256->text);
  return manifest;
}

}  // namespace parcelwake::store
