// milter/tool/status_tool.h: `ccgate status`, one screen about a site.
#pragma once

#include <cstdint>
#include <string>

#include "milter/site/daemon_status.h"
#include "milter/tool/ledger_input.h"

namespace ccgate {

struct StatusOptions {
  LedgerSource source;
  std::int64_t now = 0;
  bool json = false;
  std::string status_folder = kUsualStatusFolder;  ///< where the daemon tells of itself
};
/// 0 whatever it finds; 1 when the configuration is bad, 3 when it, the contacts or the store cannot be read.
[[nodiscard]] int run_status(const StatusOptions& options);

}  // namespace ccgate
