#include "api/moving/table_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "wire/json/rows_reader.h"

namespace parcelwake::api {
namespace {

std::string senseless(std::string_view name, std::string_view text) {
  constexpr std::size_t kShown = 60;
  return "'" + std::string(text.substr(0, kShown)) + "' makes no sense as " + std::string(name);
}

void read_cell(const TrackingColumn& column, std::string_view text, const ReadContext& context, FileRow& row) {
  if (text.empty() || column.read == nullptr) return;
  if (!column.read(text, context, row.told) && row.fault.empty()) row.fault = senseless(column.name, text);
}

void read_cell(const EventColumn& column, std::string_view text, ReadEvent& event, FileRow& row) {
  if (text.empty() || column.read == nullptr) return;
  if (!column.read(text, event.event, event.leg) && row.fault.empty()) {
    row.fault = senseless("an event's " + std::string(column.name), text);
  }
}

void begin_row(FileRow& row, int line, Timestamp now) {
  row.line = line;
  row.told.tracking.created_at = now;
  row.told.tracking.updated_at = Timestamp::min();
}

FileRow ended(FileRow row, std::vector<ReadEvent> events) {
  take_events(std::move(events), row.told);
  domain::Tracking& tracking = row.told.tracking;
  if (tracking.updated_at == Timestamp::min()) tracking.updated_at = tracking.created_at;
  return row;
}

}  // namespace

Result<TableReader, std::string> TableReader::open(const std::vector<std::string>& cells,
                                                   const std::map<std::string, std::string>& names) {
  TableReader reader;
  reader.headings_ = cells;
  for (const auto& [heading, name] : names) {
    if (std::find(cells.begin(), cells.end(), heading) == cells.end()) {
      return fail("there is no column '" + heading + "'");
    }
    if (tracking_column(name) == nullptr) return fail("'" + name + "' is no field");
  }
  std::set<std::string_view> taken;
  std::optional<std::size_t> number_at;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto renamed = names.find(cells[i]);
    Place& place = reader.places_.emplace_back();
    place.event = renamed == names.end() && cells[i].starts_with("event_") ? event_column(cells[i]) : nullptr;
    if (place.event != nullptr) {
      reader.has_events_ = true;
      continue;
    }
    place.tracking = tracking_column(renamed == names.end() ? cells[i] : renamed->second);
    if (place.tracking == nullptr) continue;
    if (!taken.insert(place.tracking->name).second) {
      return fail("two columns are " + std::string(place.tracking->name) +
                  "; say with --map which one is, and what the other is");
    }
    if (place.tracking->name == "tracking_number") number_at = i;
    if (place.tracking->name == "carrier_code") reader.carrier_at_ = i;
  }
  if (!number_at)
    return fail(std::string("no column holds the tracking numbers; name it with --map COLUMN=tracking_number"));
  reader.number_at_ = *number_at;
  return reader;
}

bool TableReader::continues(const std::vector<std::string>& cells) const {
  return has_events_ && open_ && open_->row.fault.empty() && cells[number_at_] == open_number_ &&
         (!carrier_at_ || cells[*carrier_at_] == open_carrier_);
}

std::optional<FileRow> TableReader::take(int line, const std::vector<std::string>& cells, const ReadContext& context,
                                         Timestamp now) {
  if (cells.size() == places_.size() && continues(cells)) {
    read_event(cells, now, *open_);
    return std::nullopt;
  }
  auto before = finish();
  open_.emplace();
  begin_row(open_->row, line, now);
  if (cells.size() != places_.size()) {
    open_->row.fault =
        std::to_string(cells.size()) + " cells, not " + std::to_string(places_.size()) + " as the first line has";
    return before;
  }
  open_number_ = cells[number_at_];
  open_carrier_ = carrier_at_ ? cells[*carrier_at_] : std::string();
  read_tracking(cells, context, open_->row);
  read_event(cells, now, *open_);
  return before;
}

std::optional<FileRow> TableReader::finish() {
  if (!open_) return std::nullopt;
  FileRow row = ended(std::move(open_->row), std::move(open_->events));
  open_.reset();
  return row;
}

void TableReader::read_tracking(const std::vector<std::string>& cells, const ReadContext& context, FileRow& row) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (places_[i].tracking != nullptr) read_cell(*places_[i].tracking, cells[i], context, row);
  }
}

void TableReader::read_event(const std::vector<std::string>& cells, Timestamp now, Open& open) const {
  if (!has_events_) return;
  ReadEvent event;
  event.event.first_seen = now;
  event.event.source = "import/file";
  bool any = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (places_[i].event == nullptr || cells[i].empty()) continue;
    any = true;
    read_cell(*places_[i].event, cells[i], event, open.row);
  }
  if (any) open.events.push_back(std::move(event));
}

FileRow read_json_line(int line, std::string_view json, const ReadContext& context, Timestamp now) {
  FileRow row;
  begin_row(row, line, now);
  const auto read = wire::json::read_rows(json);
  if (!read || read->shape() != wire::json::Rows::Shape::Object) {
    row.fault = "it is no JSON object";
    return row;
  }
  std::vector<ReadEvent> events;
  for (const auto& [key, value] : read->rows().front().members) {
    if (value.kind == wire::json::Scalar::Kind::Composite && key == "events") {
      const auto told = wire::json::read_rows(value.text, domain::Timeline::kMaxCheckpoints);
      if (!told) row.fault = "its events are no array of objects";
      if (!told) break;
      for (const wire::json::Row& of_event : told->rows()) {
        if (!of_event.is_object) continue;
        ReadEvent& event = events.emplace_back();
        event.event.first_seen = now;
        event.event.source = "import/file";
        for (const auto& [name, text] : of_event.members) {
          if (const EventColumn* column = event_column(name)) read_cell(*column, text.text, event, row);
        }
      }
    } else if (value.kind != wire::json::Scalar::Kind::Composite) {
      if (const TrackingColumn* column = tracking_column(key)) read_cell(*column, value.text, context, row);
    }
  }
  return ended(std::move(row), std::move(events));
}

}  // namespace parcelwake::api
