// milter/tool/ledger_tool.h: `ccgate log` and `ccgate show`, the decisions of the past. Each returns its exit
// status.
#pragma once

#include <string>

#include "milter/store/ledger_reader.h"
#include "milter/tool/ledger_input.h"

namespace ccgate {

struct LogQuery {
  LedgerSource source;
  LedgerFilter filter;
  bool json = false;
  bool follow = false;
};
/// The decisions that `filter` chooses, the newest last. Following, until SIGINT or SIGTERM, or until nobody
/// reads standard output any more.
[[nodiscard]] int run_log(const LogQuery& options);

/// Everything about one decision. `id`: whole, or a start of it that no other has; brackets around it, as in
/// a reply, do not matter.
[[nodiscard]] int run_show(const LedgerSource& source, const std::string& id, bool json);

}  // namespace ccgate
