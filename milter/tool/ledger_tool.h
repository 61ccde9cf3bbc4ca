// milter/tool/ledger_tool.h: `ccgate log` and `ccgate show`, the decisions of the past. Each returns its exit
// status.
#pragma once

#include <optional>
#include <string>

#include "milter/store/status_store.h"
#include "milter/tool/ledger_input.h"

namespace ccgate {

struct LogQuery {
  LedgerSource source;
  LedgerFilter filter;
  bool json = false;
  bool follow = false;
  std::optional<LedgerGroup> group = std::nullopt;  ///< they are counted, not shown
};
/// The decisions that `filter` chooses, the newest last. Following, until SIGINT or SIGTERM, or until nobody
/// reads standard output any more.
[[nodiscard]] int run_log(const LogQuery& options);

/// Everything about one decision. `id`: whole, or a start of it that no other has; a text with it in
/// brackets, as a reply or bounce has it, will do. What is not in the store, or where there is none, is
/// looked for in the journal; with `log_file` there alone.
[[nodiscard]] int run_show(const LedgerSource& source, const std::string& id, const std::string& log_file,
                           bool json);

}  // namespace ccgate
