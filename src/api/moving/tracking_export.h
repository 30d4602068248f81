#pragma once

#include <string>

#include "domain/tracking/tracking.h"

namespace parcelwake::api {

enum class ExportForm {
  Csv,   // RFC 4180 with a first line of names; with events a row for each, the tracking's cells repeated in it
  Jsonl  // an object a line; with events a member "events", an array of objects, oldest first
};

// Appends what stands before the first tracking; then one tracking, in columns that stay as they are.
void append_export_head(std::string& out, ExportForm form, bool with_events);
void append_exported(std::string& out, const domain::Tracking& tracking, ExportForm form, bool with_events);

}  // namespace parcelwake::api
