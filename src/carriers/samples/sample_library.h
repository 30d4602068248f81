#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parcelwake::carriers {

// One recorded answer of a carrier.
struct Sample {
  std::string name;    // of its folder or file
  std::string format;  // the wire format it is written in
  int http_status = 200;
  std::string content_type;          // by the file's extension
  std::string body;                  // byte for byte
  std::vector<std::string> numbers;  // that it answers; empty: the answer carries none
  bool not_found = false;            // it says that the number is unknown
  bool error = false;                // it says that something else went wrong
};

// Recorded answers, by wire format. Immutable once loaded: safe from several threads.
class SampleLibrary {
 public:
  // Reads a folder laid out as <carrier>/<sample>/{response.json|xml|html, expected.json}, or as connectors are,
  // <carrier>/{samples/<name>.json|xml|html, expected/<name>.json}. The expected result tells the format, the HTTP
  // status and the numbers. Fails with a sentence that names the file at fault, or when there is no sample at all.
  static Result<SampleLibrary, std::string> load(const std::string& folder);

  bool has_format(std::string_view format) const { return by_format_.contains(format); }
  std::vector<std::string> formats() const;
  const std::vector<std::unique_ptr<const Sample>>& samples() const { return samples_; }

  // What a carrier of that format would answer to a request with this text (target and body, decoded): the sample of
  // the known number that stands first in it; "SAMPLE-<name>" stands for a sample that carries no number. Of several
  // samples of one number the first by name. Without a known number a sample that says "not found", or else one whose
  // answer carries no number. nullptr: there is nothing to say.
  const Sample* choose(std::string_view format, std::string_view text) const;

 private:
  struct Shelf {
    std::map<std::string, const Sample*> by_number;  // upper case
    const Sample* otherwise = nullptr;
  };

  void add(std::unique_ptr<Sample> sample);

  std::vector<std::unique_ptr<const Sample>> samples_;
  std::map<std::string, Shelf, std::less<>> by_format_;
};

}  // namespace parcelwake::carriers
