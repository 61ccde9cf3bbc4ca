// milter/tool/doctor_text.h: what a doctor found, for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "milter/doctor/look.h"

namespace ccgate {

/// Lines of one look. `quiet`: without what is as it should be; empty where all is.
[[nodiscard]] std::string look_text(const LookResult& result, bool quiet);
/// One JSON object in one line.
[[nodiscard]] std::string look_json(const LookResult& result);

/// What all looks came to.
struct DoctorCount {
  std::size_t problems = 0, hints = 0, untold = 0;
  void add(const LookResult& result);
};
/// The last line.
[[nodiscard]] std::string count_text(const std::string& config_file, const DoctorCount& count);

}  // namespace ccgate
