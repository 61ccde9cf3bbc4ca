// milter/tool/daily_tool.h: `ccgate daily`.
#pragma once

#include <cstdint>
#include <string>

namespace ccgate {

struct DailyRun {
  std::string config_file;
  bool dry_run = false;  ///< tell what is due, and begin nothing
  std::int64_t now = 0;  ///< seconds since 1970
};
/// Begins all that is due, and tells it; the daemon carries it out. 0; 1 when the configuration is bad or
/// names no store, 3 when it or the store cannot be read.
[[nodiscard]] int run_daily(const DailyRun& options);

}  // namespace ccgate
