// Reads one recorded answer like `parcelwake carrier parse`, for checks of the engine without the executable.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "carriers/engine/answer_json.h"
#include "carriers/engine/connectors.h"

int main(int argc, char** argv) {
  using namespace parcelwake::carriers;
  std::vector<std::string> plain;
  std::string format_name;
  std::string number;
  RawAnswer raw;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--format") {
      format_name = argv[++i];
    } else if (word == "--number") {
      number = argv[++i];
    } else if (word == "--http-status") {
      raw.http_status = std::atoi(argv[++i]);
    } else if (word != "--json") {
      plain.push_back(word);
    }
  }
  const Connectors connectors = Connectors::load("");
  for (const auto& problem : connectors.problems()) std::cerr << to_string(problem) << "\n";
  const auto declaration = plain.size() < 4 ? nullptr : connectors.find(plain[2]);
  if (!declaration) return 1;
  std::ifstream in(plain[3], std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const std::string body = bytes.str();
  raw.body = body;
  const WireFormat* format = format_name.empty() ? recognise(*declaration, raw) : declaration->format(format_name);
  if (!format && format_name.empty()) format = &declaration->formats.front();
  if (!format) return 1;
  std::cout << answer_json(parse_answer(*format, raw), number) << "\n";
}
