#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/moving/tracking_columns.h"
#include "base/result.h"

namespace parcelwake::api {

// What a row of a file says, or why it makes no sense.
struct FileRow {
  int line = 0;
  app::ToldTracking told;
  std::string fault;  // empty: none
};

// Makes trackings of a table's rows. Rows with events that follow each other and have the same number and carrier are
// one tracking; so it is one row late.
class TableReader {
 public:
  // `cells`: the first line. `names`: what a column, as it stands there, is to be taken for instead. Columns that say
  // nothing to us are passed over. Fails, with a sentence, when none holds the tracking numbers, two say the same, or
  // `names` names what is not there.
  static Result<TableReader, std::string> open(const std::vector<std::string>& cells,
                                               const std::map<std::string, std::string>& names);

  // Takes a row; gives the tracking that it ends, if it does.
  std::optional<FileRow> take(int line, const std::vector<std::string>& cells, const ReadContext& context,
                              Timestamp now);
  // The tracking that the end of the table ends.
  std::optional<FileRow> finish();

 private:
  struct Place {
    const TrackingColumn* tracking = nullptr;
    const EventColumn* event = nullptr;
  };
  struct Open {
    FileRow row;
    std::vector<ReadEvent> events;
  };

  void read_tracking(const std::vector<std::string>& cells, const ReadContext& context, FileRow& row) const;
  void read_event(const std::vector<std::string>& cells, Timestamp now, Open& open) const;
  bool continues(const std::vector<std::string>& cells) const;

  std::vector<Place> places_;
  std::vector<std::string> headings_;
  bool has_events_ = false;
  std::size_t number_at_ = 0;
  std::optional<std::size_t> carrier_at_;
  std::optional<Open> open_;
  std::string open_number_;
  std::string open_carrier_;
};

// A line of a JSON Lines file, as exports have them.
FileRow read_json_line(int line, std::string_view json, const ReadContext& context, Timestamp now);

}  // namespace parcelwake::api
