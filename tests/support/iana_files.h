// tests/support/iana_files.h: the recorded answers of tests/iana.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ccgate {

/// A file of tests/iana; throws std::runtime_error when there is none.
[[nodiscard]] std::string read_iana(const std::string& name);

/// The lines of expected.csv: column -> value.
[[nodiscard]] std::vector<std::map<std::string, std::string>> expected_records();

}  // namespace ccgate
