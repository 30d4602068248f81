#include "carriers/engine/answer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "carriers/engine/shipment_reader.h"

namespace parcelwake::carriers {
namespace {

using wire::xml::Node;
using wire::xml::Tree;

constexpr std::size_t kMostShipments = 200;

// The charset of "text/xml; charset=utf-8"; empty when none is named.
std::string_view charset_of(std::string_view content_type) {
  constexpr std::string_view kKey = "charset=";
  const std::string lower = ascii::to_lower(content_type);
  const std::size_t at = lower.find(kKey);
  if (at == std::string::npos) return {};
  std::string_view charset = content_type.substr(at + kKey.size());
  charset = ascii::trimmed(charset.substr(0, charset.find_first_of(";,")));
  if (charset.size() >= 2 && charset.front() == '"') charset = charset.substr(1, charset.find('"', 1) - 1);
  return charset;
}

std::optional<Tree> read_tree(AnswerKind kind, const RawAnswer& answer) {
  const std::string_view charset = charset_of(answer.content_type);
  auto tree = kind == AnswerKind::Json ? Tree::from_json(answer.body, charset) : Tree::from_xml(answer.body, charset);
  if (!tree) return std::nullopt;
  return std::move(*tree);
}

// What the HTTP status says where the declaration says nothing. A carrier's not-found has its own words: a 404 without
// a readable body comes from something else on the way.
std::optional<AnswerErrorKind> error_by_status(int http_status, bool readable) {
  if (http_status == 204) return AnswerErrorKind::NotFound;
  if (http_status < 300) return std::nullopt;
  if (http_status == 401 || http_status == 403 || http_status == 407) return AnswerErrorKind::Auth;
  if (http_status == 429) return AnswerErrorKind::RateLimit;
  if (http_status == 404 && readable) return AnswerErrorKind::NotFound;
  if (http_status >= 400 && http_status < 500 && http_status != 404 && http_status != 408) {
    return AnswerErrorKind::BadRequest;
  }
  return AnswerErrorKind::Server;
}

ParsedAnswer nothing_known() {
  ParsedAnswer answer;
  answer.shipments.push_back(unknown_shipment());
  return answer;
}

ParsedAnswer refused(AnswerErrorKind kind, bool unreadable = false) {
  ParsedAnswer answer;
  answer.error = kind;
  answer.unreadable = unreadable;
  return answer;
}

std::string folded(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if (ascii::is_alphanumeric(c)) out += ascii::upper(c);
  }
  return out;
}

Timestamp newest_moment(const ParsedShipment& shipment) {
  const auto& checkpoints = shipment.report.checkpoints;
  return checkpoints.empty() ? Timestamp::min() : checkpoints.back().time.order_key();
}

// Whether `a` is meant rather than `b`.
bool outranks(const ReadShipment& a, const ReadShipment& b, Duplicates rule) {
  const auto rank = [rule](const ReadShipment& s) {
    const auto key = rule == Duplicates::GreatestKey ? s.duplicate_key : std::uint64_t{0};
    return std::tuple(!s.shipment.unknown && !s.shipment.error, key, newest_moment(s.shipment));
  };
  return rank(a) > rank(b);
}

// Each number keeps the shipment that is meant, in the place of its first.
void drop_duplicates(std::vector<ReadShipment>& shipments, Duplicates rule) {
  if (rule == Duplicates::Keep) return;
  std::vector<ReadShipment> kept;
  for (ReadShipment& shipment : shipments) {
    const std::string number = folded(shipment.shipment.report.number);
    const auto same = std::find_if(kept.begin(), kept.end(), [&number](const ReadShipment& other) {
      return !number.empty() && folded(other.shipment.report.number) == number;
    });
    if (same == kept.end()) {
      kept.push_back(std::move(shipment));
    } else if (outranks(shipment, *same, rule)) {
      *same = std::move(shipment);
    }
  }
  shipments = std::move(kept);
}

// An answer whose every shipment is the same error is that error.
void lift_error(ParsedAnswer& answer) {
  const auto is_error = [](const ParsedShipment& shipment) { return shipment.error.has_value(); };
  if (answer.shipments.empty() || !std::all_of(answer.shipments.begin(), answer.shipments.end(), is_error)) return;
  answer.error = answer.shipments.front().error;
  answer.shipments.clear();
}

ParsedAnswer read_shipments(const WireFormat& format, Node root, int http_status) {
  ShipmentReader reader(format, http_status);
  std::vector<ReadShipment> shipments;
  for (const Node item : format.answer.items->nodes(root)) {
    if (shipments.size() == kMostShipments) break;
    shipments.push_back(reader.read(item));
  }
  if (shipments.empty()) return nothing_known();
  drop_duplicates(shipments, format.answer.duplicates);
  ParsedAnswer answer;
  for (ReadShipment& shipment : shipments) answer.shipments.push_back(std::move(shipment.shipment));
  answer.unmapped = std::move(reader).take_unmapped();
  lift_error(answer);
  return answer;
}

}  // namespace

std::optional<AnswerErrorKind> find_error(const std::vector<ErrorRule>& rules, int http_status,
                                          const std::optional<Node>& at) {
  for (const ErrorRule& rule : rules) {
    bool in_range = rule.http_from_to.empty();
    for (std::size_t i = 0; i + 1 < rule.http_from_to.size(); i += 2) {
      in_range |= http_status >= rule.http_from_to[i] && http_status <= rule.http_from_to[i + 1];
    }
    if (in_range && (!rule.when || (at && rule.when->holds(*at)))) return rule.kind;
  }
  return std::nullopt;
}

const WireFormat* recognise(const Declaration& declaration, const RawAnswer& answer) {
  const auto json = read_tree(AnswerKind::Json, answer);
  const auto xml = json ? std::nullopt : read_tree(AnswerKind::Xml, answer);
  for (const WireFormat& format : declaration.formats) {
    const auto& tree = format.answer.kind == AnswerKind::Json ? json : xml;
    if (tree && format.answer.shape->holds(tree->root())) return &format;
  }
  return nullptr;
}

ParsedAnswer parse_answer(const WireFormat& format, const RawAnswer& answer) {
  const auto tree = read_tree(format.answer.kind, answer);
  const auto root = tree ? std::optional(tree->root()) : std::nullopt;
  auto error = find_error(format.answer.errors, answer.http_status, root);
  if (!error) error = error_by_status(answer.http_status, tree.has_value());
  if (error == AnswerErrorKind::NotFound) return nothing_known();
  if (error) return refused(*error);
  if (!root || !format.answer.shape->holds(*root)) return refused(AnswerErrorKind::Server, true);
  return read_shipments(format, *root, answer.http_status);
}

const ParsedShipment* shipment_for(const ParsedAnswer& answer, std::string_view number, std::size_t asked) {
  const std::string wanted = folded(number);
  const auto is_it = [&wanted](const std::string& other) { return folded(other) == wanted; };
  const ParsedShipment* any = nullptr;
  for (const ParsedShipment& shipment : answer.shipments) {
    if (is_it(shipment.report.number)) return &shipment;
    if (any == nullptr || any->unknown) any = &shipment;
  }
  for (const ParsedShipment& shipment : answer.shipments) {
    if (std::any_of(shipment.other_numbers.begin(), shipment.other_numbers.end(), is_it)) return &shipment;
  }
  return asked == 1 ? any : nullptr;
}

}  // namespace parcelwake::carriers
