#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "carriers/catalogue/embedded_catalogue.h"
#include "cli/commands.h"
#include "wire/json/writer.h"

namespace parcelwake::cli {
namespace {

struct DetectOptions {
  std::vector<std::string> numbers;
  std::string origin;
  std::string destination;
  bool json = false;
};

void write_candidate(wire::json::Writer& writer, const ports::Candidate& candidate) {
  writer.begin_object().field("carrier", candidate.carrier.text()).field("name", candidate.carrier_name);
  writer.field("format", candidate.format).key("checksum");
  if (candidate.checksum) {
    writer.boolean(*candidate.checksum);
  } else {
    writer.null();
  }
  char score[16];
  std::snprintf(score, sizeof(score), "%.4f", candidate.score);
  writer.key("score").raw(score).end_object();
}

void print(const std::string& number, const ports::CarrierCatalogue& catalogue, const DetectOptions& options) {
  const auto candidates = catalogue.detect(number, {.origin = options.origin, .destination = options.destination});
  std::string line;
  if (options.json) {
    wire::json::Writer writer(line);
    writer.begin_object().field("number", number).key("candidates").begin_array();
    for (const ports::Candidate& candidate : candidates) write_candidate(writer, candidate);
    writer.end_array().end_object();
  } else {
    line = number + ":";
    if (candidates.empty()) line += " no carrier's numbers look like this";
    for (const ports::Candidate& candidate : candidates) {
      line += " " + candidate.carrier.text();
      if (candidate.checksum) line += *candidate.checksum ? "(check digit holds)" : "(check digit fails)";
    }
  }
  std::cout << line << '\n';
}

int run(const DetectOptions& options) {
  const auto catalogue = carriers::load_embedded_catalogue();
  for (const std::string& number : options.numbers) {
    if (number != "-") {
      print(number, *catalogue, options);
      continue;
    }
    std::string line;
    while (std::getline(std::cin, line)) print(line, *catalogue, options);
  }
  return kDone;
}

}  // namespace

void add_detect_command(const Command& program, int& exit_code) {
  auto options = std::make_shared<DetectOptions>();
  const Command command = program.subcommand("detect", "Tell which carriers a number may be of, best first");
  command.option("number", options->numbers, "Tracking numbers; '-' reads them from standard input, one a line")
      .required();
  command.option("--origin", options->origin, "Country it comes from, two letters");
  command.option("--destination", options->destination, "Country it goes to, two letters");
  command.flag("--json", options->json, "Print one JSON document a line");
  command.does([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parcelwake::cli
