#include "api/moving/tracking_export.h"

#include <vector>

#include "api/moving/tracking_columns.h"
#include "wire/csv/row_writer.h"
#include "wire/json/writer.h"

namespace parcelwake::api {
namespace {

using domain::LegKind;
using domain::Tracking;

template <class Visit>
void for_each_event(const Tracking& tracking, Visit visit) {
  for (const auto& event : tracking.origin.timeline.checkpoints()) visit(event, LegKind::Origin);
  for (const auto& event : tracking.destination.timeline.checkpoints()) visit(event, LegKind::Destination);
}

void append_cells(std::string& out, const std::vector<std::string>& cells) {
  wire::csv::append_row(out, std::vector<std::string_view>(cells.begin(), cells.end()));
}

void append_csv(std::string& out, const Tracking& tracking, bool with_events) {
  std::vector<std::string> cells;
  for (const TrackingColumn& column : tracking_columns()) cells.push_back(column.text(tracking));
  const std::size_t own = cells.size();
  if (!with_events) return append_cells(out, cells);
  for_each_event(tracking, [&](const domain::Checkpoint& event, LegKind leg) {
    cells.resize(own);
    for (const EventColumn& column : event_columns()) cells.push_back(column.text(event, leg));
    append_cells(out, cells);
  });
  if (cells.size() > own) return;
  cells.resize(own + event_columns().size());
  append_cells(out, cells);
}

void append_jsonl(std::string& out, const Tracking& tracking, bool with_events) {
  {
    wire::json::Writer writer(out);
    writer.begin_object();
    for (const TrackingColumn& column : tracking_columns()) writer.field_or_null(column.name, column.text(tracking));
    if (with_events) {
      writer.key("events").begin_array();
      for_each_event(tracking, [&](const domain::Checkpoint& event, LegKind leg) {
        writer.begin_object();
        for (const EventColumn& column : event_columns()) writer.field_or_null(column.name, column.text(event, leg));
        writer.end_object();
      });
      writer.end_array();
    }
    writer.end_object();
  }
  out.push_back('\n');
}

}  // namespace

void append_export_head(std::string& out, ExportForm form, bool with_events) {
  if (form != ExportForm::Csv) return;
  std::vector<std::string> names;
  for (const TrackingColumn& column : tracking_columns()) names.emplace_back(column.name);
  if (with_events) {
    for (const EventColumn& column : event_columns()) names.push_back("event_" + std::string(column.name));
  }
  append_cells(out, names);
}

void append_exported(std::string& out, const Tracking& tracking, ExportForm form, bool with_events) {
  switch (form) {
    case ExportForm::Csv:
      return append_csv(out, tracking, with_events);
    case ExportForm::Jsonl:
      return append_jsonl(out, tracking, with_events);
  }
}

}  // namespace parcelwake::api
