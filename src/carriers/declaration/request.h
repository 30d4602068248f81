#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace parcelwake::carriers {

// What a placeholder stands for. In a declaration: {number}, {numbers}, {waybill_prefix}, {waybill_serial},
// {postal_code}, {language}, {destination}, {ship_date}, {account_number}, {unique}, {token}, {credential.NAME}. Braces
// around anything but lower-case letters,
// '_' and '.' stand for themselves, so JSON bodies are written as they are.
enum class Placeholder {
  None,           // plain text
  Number,         // the one number; in Batch::each the number at hand
  Numbers,        // Batch::each of every number, joined; already escaped
  WaybillPrefix,  // of an air waybill's number: the three digits of its airline
  WaybillSerial,  // and the eight after them
  PostalCode,     // of the customer's details; empty when not given, as all that follow
  Language,       // two lower-case letters; "en" when not given
  Destination,    // ISO 3166 alpha-2
  ShipDate,       // as the customer wrote it
  AccountNumber,  // with the shipper
  Unique,         // 32 hex digits, new for every request
  Token,          // the OAuth access token
  Credential,     // a secret of the configuration, by name
};

// How values are written so that they cannot break out of the text around them. The template's own text is left alone.
enum class Escape {
  None,     // header values: line breaks and other control characters are refused
  Percent,  // URL paths
  Json,     // inside a JSON string
  Xml,      // inside an XML text or attribute
};

// Text with placeholders. `escape` is applied to each value; then, where `percent_whole`, the outcome as a whole is
// percent-encoded (query parameters, form fields).
struct Template {
  struct Piece {
    Placeholder placeholder = Placeholder::None;
    std::string text;  // plain text, or the credential's name
  };
  std::vector<Piece> pieces;
  Escape escape = Escape::None;
  bool percent_whole = false;
};

// A parameter, header or form field. Left out altogether when `optional` and one of its placeholders is empty.
struct NamedTemplate {
  std::string name;
  Template value;
  bool optional = false;
};

enum class Method { Get, Post };
enum class BodyKind { None, Json, Xml, Form };

// One HTTP request for one number, or for a batch of them.
struct Request {
  Method method = Method::Get;
  std::string base_url;                // "https://api-eu.dhl.com", no slash at the end; a configuration may replace it
  std::string sandbox_base_url;        // the carrier's test host; empty: none known
  Template path;                       // begins with a slash
  std::vector<NamedTemplate> query;    // in the file's order
  std::vector<NamedTemplate> headers;  // never Content-Type, which follows from `body_kind`
  BodyKind body_kind = BodyKind::None;
  Template body;                    // of Json and Xml
  std::vector<NamedTemplate> form;  // of Form
  std::string content_type;         // of the body; set by the loader where the declaration does not
};

// Several numbers in one request.
struct Batch {
  std::size_t size = 1;   // how many numbers one request may carry
  Template each;          // one number's part of {numbers}
  std::string separator;  // between the parts
};

enum class AuthKind { None, Header, Query, Basic, OAuth2ClientCredentials };
enum class TokenStyle { Basic, Form, Json };  // where client id and secret travel: HTTP Basic, form body, JSON body

struct OAuth2 {
  std::string token_path;  // under the request's base URL, or an absolute URL
  TokenStyle style = TokenStyle::Form;
  std::string scope;      // empty: not sent
  std::string client_id;  // names of credentials
  std::string client_secret;
  std::vector<NamedTemplate> headers;
  std::string header = "Authorization";  // of the request, where the token goes
  std::string prefix = "Bearer ";
};

struct Auth {
  AuthKind kind = AuthKind::None;
  NamedTemplate parameter;  // of Header and Query
  std::string user;         // names of credentials, of Basic
  std::string password;
  OAuth2 oauth2;
};

// A secret the request needs. The value comes from the configuration or the environment, never from the declaration.
struct CredentialNeed {
  std::string name;
  std::string about;  // what it is and where to get it, one sentence for a person
};

// How fast one credential may be used, as the carrier says or tolerates. Zero: no limit known.
struct Budget {
  double per_second = 0;
  std::int64_t per_hour = 0;
  std::int64_t per_day = 0;
  std::int64_t concurrency = 0;

  bool operator==(const Budget&) const = default;
};

// Whether `per_second` can be kept to: one request in ten thousand seconds up to so many in one. What lies beyond gives
// waits that no clock can count.
constexpr bool is_pace(double per_second) { return per_second >= 0.0001 && per_second <= 10'000; }

}  // namespace parcelwake::carriers
