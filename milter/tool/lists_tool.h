// milter/tool/lists_tool.h: `ccgate lists`, every guarded address and what it takes for.
#pragma once

#include <string>

namespace ccgate {

/// 0; 1 when the configuration is bad, 3 when it cannot be read.
[[nodiscard]] int run_lists(const std::string& config_file, bool json);

}  // namespace ccgate
