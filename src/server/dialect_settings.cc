#include "server/dialect_settings.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "api/trackingmore_v2/dialect.h"
#include "api/trackru_v1/dialect.h"
#include "api/tracktry_v1/dialect.h"
#include "base/ascii.h"

namespace parcelwake::server {
namespace {

using api::Dialect;
using wire::toml::Table;

constexpr std::int64_t kMostRows = 200;  // what the vendors' error text names

// First path segments that are the server's own.
constexpr std::array<std::string_view, 5> kOwnPrefixes = {"api", "healthz", "icons", "metrics", "readyz"};

bool is_prefix(std::string_view text) {
  const bool clean = std::all_of(text.begin(), text.end(),
                                 [](char c) { return ascii::is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
  return !text.empty() && clean && std::find(kOwnPrefixes.begin(), kOwnPrefixes.end(), text) == kOwnPrefixes.end();
}

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
  });
}

// One of two words: `out` is the first or the second value.
template <class Value>
void read_choice(const Table& table, std::string_view key, Value& out, std::pair<std::string_view, Value> one,
                 std::pair<std::string_view, Value> other) {
  const auto text = table.string(key);
  if (!text) return;
  if (*text == one.first) {
    out = one.second;
  } else if (*text == other.first) {
    out = other.second;
  } else {
    table.refuse(key, "must be \"" + std::string(one.first) + "\" or \"" + std::string(other.first) + "\"");
  }
}

void read_code(const Table& table, std::string_view key, api::Meta& out) {
  const auto code = table.integer(key);
  if (!code) return;
  if (*code != 200 && *code != 201) return table.refuse(key, "must be 200 or 201");
  out = *code == 201 ? api::Meta::Created : api::Meta::Ok;
}

template <class Fits>
void read_names(const Table& table, std::string_view key, std::vector<std::string>& out, Fits fits,
                const char* mistake) {
  if (!table.has(key)) return;
  const auto names = table.strings(key);
  if (!std::all_of(names.begin(), names.end(), fits)) return table.refuse(key, mistake);
  out.assign(names.begin(), names.end());
}

// Returns whether the dialect is to accept the key headers of the others.
bool read_dialect(const Table& table, Dialect& dialect) {
  if (const auto extra = table.boolean("extra_routes")) dialect.extra_routes = *extra;
  if (const auto rows = table.integer("batch_limit", 1, kMostRows)) dialect.most_rows = static_cast<std::size_t>(*rows);
  read_code(table, "batch_code", dialect.batch_created);
  read_code(table, "create_again_code", dialect.created_again);
  read_choice<api::Ageing>(table, "ageing", dialect.ageing, {"expired", api::Ageing::Expired},
                           {"exception", api::Ageing::Exception});
  read_choice<api::SingleShape>(table, "single_get", dialect.single, {"object", api::SingleShape::Object},
                                {"array", api::SingleShape::Array});
  read_names(table, "prefixes", dialect.prefixes, is_prefix,
             "must be first parts of a path, such as \"v2\", other than api, healthz, icons, metrics and readyz");
  read_names(table, "hosts", dialect.hosts, is_host, "must be host names without a port");
  return table.boolean("accept_other_key_headers").value_or(false);
}

void accept_other_key_headers(Dialect& dialect, const std::vector<Dialect>& all) {
  for (const Dialect& other : all) {
    for (const std::string& name : other.key_headers) {
      const auto& own = dialect.key_headers;
      if (std::find(own.begin(), own.end(), name) == own.end()) dialect.other_key_headers.push_back(name);
    }
  }
}

}  // namespace

std::vector<Dialect> default_dialects() { return {api::trackingmore_v2(), api::tracktry_v1(), api::trackru_v1()}; }

void read_dialects(const Table& table, std::vector<Dialect>& dialects) {
  constexpr std::array<std::string_view, 3> kSections = {"trackingmore_v2", "tracktry", "trackru"};
  Dialect& tracktry = dialects[1];
  Dialect& trackru = dialects[2];
  read_choice<bool>(table, "v1_default", trackru.is_default, {"tracktry", false}, {"trackru", true});
  tracktry.is_default = !trackru.is_default;
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    const auto section = table.table(kSections[i]);
    if (section && read_dialect(*section, dialects[i])) accept_other_key_headers(dialects[i], dialects);
  }
}

}  // namespace parcelwake::server
