#include "api/common/remote_areas_json.h"

#include "api/common/request_json.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using app::PlaceAnswer;
using app::PlaceQuestion;
using wire::json::Writer;

void write_other(Writer& writer, const PlaceQuestion& question) {
  writer.begin_object().field("country", question.country).field("postcode", question.postcode_or_city);
  if (!question.company.empty()) writer.field("company", question.company);
  writer.end_object();
}

void write_remote(Writer& writer, const PlaceQuestion& question, const PlaceAnswer& answer,
                  const ports::CarrierCatalogue& catalogue) {
  for (const domain::CarrierCode& carrier : answer.carriers) {
    writer.begin_object().field("far_express_company", carrier.text()).field("two_code", answer.country);
    writer.field("far_country", catalogue.country_name(answer.country));
    writer.field("far_city_postcode", question.postcode_or_city).end_object();
  }
}

}  // namespace

Result<std::vector<PlaceQuestion>, Meta> read_places(std::span<const wire::json::Row> rows) {
  std::vector<PlaceQuestion> questions;
  questions.reserve(rows.size());
  for (const wire::json::Row& row : rows) {
    const auto country = text_field(row, "country");
    const auto postcode = text_field(row, "postcode");
    const auto company = text_field(row, "company");
    if (!country || !postcode || !company) return fail(Meta::NotUnderstood);
    questions.push_back({.country = ascii::trimmed(*country),
                         .postcode_or_city = ascii::trimmed(*postcode),
                         .company = ascii::trimmed(*company)});
    if (questions.back().country.empty() || questions.back().postcode_or_city.empty()) return fail(Meta::NotUnderstood);
  }
  return questions;
}

void write_remote_areas(Writer& writer, std::span<const PlaceQuestion> questions, std::span<const PlaceAnswer> answers,
                        const ports::CarrierCatalogue& catalogue) {
  writer.begin_object().field("submitted", static_cast<std::int64_t>(questions.size())).key("other").begin_array();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (answers[i].carriers.empty()) write_other(writer, questions[i]);
  }
  writer.end_array().key("remote").begin_array();
  for (std::size_t i = 0; i < questions.size(); ++i) write_remote(writer, questions[i], answers[i], catalogue);
  writer.end_array().end_object();
}

}  // namespace parcelwake::api
