#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "carriers/declaration/load_parts.h"

namespace parcelwake::carriers {
namespace {

using wire::toml::Kind;
using wire::toml::Table;
using wire::toml::Value;

constexpr std::array<std::pair<std::string_view, Placeholder>, 11> kPlaceholders = {
    {{"number", Placeholder::Number},
     {"numbers", Placeholder::Numbers},
     {"waybill_prefix", Placeholder::WaybillPrefix},
     {"waybill_serial", Placeholder::WaybillSerial},
     {"postal_code", Placeholder::PostalCode},
     {"language", Placeholder::Language},
     {"destination", Placeholder::Destination},
     {"ship_date", Placeholder::ShipDate},
     {"account_number", Placeholder::AccountNumber},
     {"unique", Placeholder::Unique},
     {"token", Placeholder::Token}}};

// Reads what belongs to one format; knows which credentials it has declared.
class AskingLoader {
 public:
  explicit AskingLoader(WireFormat& format) : format_(format) {}

  void load(const Table& table);

 private:
  void load_credentials(const Table& table);
  void load_request(const Table& table);
  void load_body(const Table& table, Request& request);
  void load_auth(const Table& table);
  void load_oauth2(const Table& table);
  void load_batch(const Table& table);
  void load_budget(const Table& table);

  std::optional<Template::Piece> placeholder(std::string_view name) const;
  Template template_of(const Value& value, Escape escape, bool percent_whole = false) const;
  Template template_at(const Table& table, std::string_view key, Escape escape) const;
  NamedTemplate named(std::string_view name, const Value& value, Escape escape, bool percent_whole) const;
  std::vector<NamedTemplate> all_named(const Table& table, std::string_view key, bool percent_whole) const;
  std::string credential_at(const Table& table, std::string_view key) const;
  bool is_declared(std::string_view credential) const;

  WireFormat& format_;
};

bool is_placeholder_letter(char c) { return ascii::is_lower(c) || ascii::is_digit(c) || c == '_' || c == '.'; }

bool AskingLoader::is_declared(std::string_view credential) const {
  return std::any_of(format_.credentials.begin(), format_.credentials.end(),
                     [credential](const CredentialNeed& need) { return need.name == credential; });
}

std::optional<Template::Piece> AskingLoader::placeholder(std::string_view name) const {
  constexpr std::string_view kCredential = "credential.";
  if (name.starts_with(kCredential)) {
    name.remove_prefix(kCredential.size());
    if (!is_declared(name)) return std::nullopt;
    return Template::Piece{Placeholder::Credential, std::string(name)};
  }
  for (const auto& [word, placeholder] : kPlaceholders) {
    if (word == name) return Template::Piece{placeholder, {}};
  }
  return std::nullopt;
}

Template AskingLoader::template_of(const Value& value, Escape escape, bool percent_whole) const {
  Template made{.pieces = {}, .escape = escape, .percent_whole = percent_whole};
  std::string plain;
  std::string_view text = value.string().value_or("");
  while (!text.empty()) {
    const std::size_t end =
        text.front() != '{' ? 0
                            : static_cast<std::size_t>(
                                  std::find_if_not(text.begin() + 1, text.end(), is_placeholder_letter) - text.begin());
    if (end <= 1 || end == text.size() || text[end] != '}') {
      plain += text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::string_view name = text.substr(1, end - 1);
    if (auto piece = placeholder(name)) {
      if (!plain.empty()) made.pieces.push_back({Placeholder::None, std::exchange(plain, {})});
      made.pieces.push_back(std::move(*piece));
    } else {
      value.refuse("nothing is known of {" + std::string(name) + "}");
    }
    text.remove_prefix(end + 1);
  }
  if (!plain.empty()) made.pieces.push_back({Placeholder::None, plain});
  return made;
}

Template AskingLoader::template_at(const Table& table, std::string_view key, Escape escape) const {
  const auto value = table.value(key);
  return value ? template_of(*value, escape) : Template{.pieces = {}, .escape = escape};
}

NamedTemplate AskingLoader::named(std::string_view name, const Value& value, Escape escape, bool percent_whole) const {
  NamedTemplate made;
  made.name = name;
  if (value.kind() != Kind::Table) {
    made.value = template_of(value, escape, percent_whole);
    return made;
  }
  const auto table = value.table();
  made.optional = table->boolean("optional").value_or(false);
  if (const auto text = table->value("value")) {
    made.value = template_of(*text, escape, percent_whole);
  } else if (const auto xml = table->value("xml")) {
    made.value = template_of(*xml, Escape::Xml, percent_whole);
  } else if (const auto json = table->value("json")) {
    made.value = template_of(*json, Escape::Json, percent_whole);
  } else {
    value.refuse("none of 'value', 'xml' and 'json'");
  }
  return made;
}

std::vector<NamedTemplate> AskingLoader::all_named(const Table& table, std::string_view key, bool percent_whole) const {
  std::vector<NamedTemplate> all;
  if (const auto inner = table.table(key)) {
    for (const auto& [name, value] : inner->entries()) all.push_back(named(name, value, Escape::None, percent_whole));
  }
  return all;
}

void AskingLoader::load_credentials(const Table& table) {
  const auto credentials = table.table("credentials");
  if (!credentials) return;
  for (const auto& [name, value] : credentials->entries()) {
    format_.credentials.push_back({std::string(name), std::string(value.string().value_or(""))});
  }
}

std::string AskingLoader::credential_at(const Table& table, std::string_view key) const {
  const auto name = table.required_string(key);
  if (!name.empty() && !is_declared(name)) table.refuse(key, "no credential '" + std::string(name) + "' is declared");
  return std::string(name);
}

void AskingLoader::load_body(const Table& table, Request& request) {
  if (const auto json = table.value("json")) {
    request.body_kind = BodyKind::Json;
    request.body = template_of(*json, Escape::Json);
    request.content_type = "application/json";
  } else if (const auto xml = table.value("xml")) {
    request.body_kind = BodyKind::Xml;
    request.body = template_of(*xml, Escape::Xml);
    request.content_type = "text/xml; charset=utf-8";
  } else if (table.has("form")) {
    request.body_kind = BodyKind::Form;
    request.form = all_named(table, "form", true);
    request.content_type = "application/x-www-form-urlencoded";
  }
  if (const auto type = table.string("content_type")) request.content_type = *type;
}

void AskingLoader::load_request(const Table& format) {
  const auto table = format.table("request");
  if (!table) return;
  Request request;
  const auto method = table->required_string("method");
  if (method == "POST") {
    request.method = Method::Post;
  } else if (!method.empty() && method != "GET") {
    table->refuse("method", "'method' is neither GET nor POST");
  }
  const auto check_host = [&](std::string_view key, std::string_view url) {
    if (!url.empty() && (!url.starts_with("https://") || url.ends_with('/'))) {
      table->refuse(key, "a base URL begins with https:// and has no slash at its end");
    }
    return std::string(url);
  };
  request.base_url = check_host("base_url", table->required_string("base_url"));
  request.sandbox_base_url = check_host("sandbox_base_url", table->string("sandbox_base_url").value_or(""));
  if (!table->required_string("path").starts_with('/')) table->refuse("path", "a path begins with a slash");
  request.path = template_at(*table, "path", Escape::Percent);
  request.query = all_named(*table, "query", true);
  request.headers = all_named(*table, "headers", false);
  load_body(*table, request);
  if (request.method == Method::Get && request.body_kind != BodyKind::None) table->refuse("method", "GET with a body");
  format_.request = std::move(request);
}

void AskingLoader::load_oauth2(const Table& table) {
  OAuth2& oauth2 = format_.auth.oauth2;
  oauth2.token_path = table.required_string("token_path");
  oauth2.client_id = credential_at(table, "client_id");
  oauth2.client_secret = credential_at(table, "client_secret");
  oauth2.scope = table.string("scope").value_or("");
  oauth2.headers = all_named(table, "headers", false);
  if (const auto header = table.string("header")) oauth2.header = *header;
  if (const auto prefix = table.string("prefix")) oauth2.prefix = *prefix;
  const auto style = table.required_string("style");
  if (style == "basic") {
    oauth2.style = TokenStyle::Basic;
  } else if (style == "json") {
    oauth2.style = TokenStyle::Json;
  } else if (style != "form") {
    table.refuse("style", "'style' is none of basic, form, json");
  }
}

void AskingLoader::load_auth(const Table& format) {
  const auto table = format.table("auth");
  if (!table) return;
  Auth& auth = format_.auth;
  const auto kind = table->required_string("kind");
  if (kind == "header" || kind == "query") {
    auth.kind = kind == "header" ? AuthKind::Header : AuthKind::Query;
    const auto name = table->required_string("name");
    table->required_string("value");
    if (const auto value = table->value("value")) {
      auth.parameter = named(name, *value, Escape::None, kind == "query");
    }
  } else if (kind == "basic") {
    auth.kind = AuthKind::Basic;
    auth.user = credential_at(*table, "user");
    auth.password = credential_at(*table, "password");
  } else if (kind == "oauth2-client-credentials") {
    auth.kind = AuthKind::OAuth2ClientCredentials;
    load_oauth2(*table);
  } else if (kind != "none") {
    table->refuse("kind", "'kind' is none of none, header, query, basic, oauth2-client-credentials");
  }
}

bool uses(const Template& text, Placeholder placeholder) {
  return std::any_of(text.pieces.begin(), text.pieces.end(),
                     [placeholder](const Template::Piece& piece) { return piece.placeholder == placeholder; });
}

// What surrounds {numbers} says how each number in it is escaped.
Escape escape_around_numbers(const Request& request) {
  if (uses(request.body, Placeholder::Numbers)) return request.body.escape;
  if (uses(request.path, Placeholder::Numbers)) return Escape::Percent;
  for (const auto* parameters : {&request.query, &request.form}) {
    for (const NamedTemplate& parameter : *parameters) {
      if (uses(parameter.value, Placeholder::Numbers)) return parameter.value.escape;
    }
  }
  return Escape::None;
}

void AskingLoader::load_batch(const Table& format) {
  const auto table = format.table("batch");
  if (!table) return;
  format_.batch.size = static_cast<std::size_t>(table->integer("size", 1, 1000).value_or(1));
  format_.batch.separator = table->string("separator").value_or("");
  table->required_string("each");
  const Escape escape = format_.request ? escape_around_numbers(*format_.request) : Escape::None;
  format_.batch.each = template_at(*table, "each", escape);
}

void AskingLoader::load_budget(const Table& format) {
  const auto table = format.table("budget");
  if (!table) return;
  format_.budget.per_second = table->number("per_second").value_or(0);
  format_.budget.per_hour = table->integer("per_hour", 1, 1'000'000'000).value_or(0);
  format_.budget.per_day = table->integer("per_day", 1, 1'000'000'000).value_or(0);
  format_.budget.concurrency = table->integer("concurrency", 1, 10'000).value_or(0);
  const double per_second = format_.budget.per_second;
  if (per_second != 0 && !is_pace(per_second)) table->refuse("per_second", "must be 0 (no limit) or 0.0001 to 10000");
}

void AskingLoader::load(const Table& table) {
  load_credentials(table);
  load_request(table);
  load_auth(table);
  load_batch(table);
  load_budget(table);
  if (const auto seconds = table.integer("timeout_s", 1, 120)) format_.timeout = std::chrono::seconds{*seconds};
}

}  // namespace

void load_asking(const Table& format, WireFormat& into) { AskingLoader(into).load(format); }

}  // namespace parcelwake::carriers
