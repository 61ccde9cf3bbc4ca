#include "tests/support/iana_files.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ccgate {
namespace {

/// One line of CSV: quotes around a column that has commas, doubled within.
std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> found(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      found.emplace_back();
    else
      found.back() += c;
  }
  return found;
}

}  // namespace

std::string read_iana(const std::string& name) {
  const std::string path = CCGATE_SOURCE_DIR "/tests/iana/" + name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::map<std::string, std::string>> expected_records() {
  std::istringstream file(read_iana("expected.csv"));
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> names = columns(line);
  std::vector<std::map<std::string, std::string>> records;
  while (std::getline(file, line)) {
    const std::vector<std::string> values = columns(line);
    auto& record = records.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) record[names[i]] = values.at(i);
  }
  return records;
}

}  // namespace ccgate
