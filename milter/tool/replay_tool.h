// milter/tool/replay_tool.h: `ccgate replay`, the decisions of the past by the rules of today.
#pragma once

#include <string>

#include "milter/store/ledger_reader.h"
#include "milter/tool/ledger_input.h"

namespace ccgate {

struct ReplayOptions {
  LedgerSource source;
  std::string policy_file;  ///< in place of the list's; empty: those of the configuration
  std::string list;         ///< of `policy_file`, or the only one that is looked at; empty: see above
  LedgerFilter filter;
  bool expect_same = false;
  bool json = false;
};
/// 0; 1 when something is wrong with the rules, or, with `expect_same`, when something changes; 3 when the
/// ledger cannot be read. Memory does not grow with the number of decisions.
[[nodiscard]] int run_replay(const ReplayOptions& options);

}  // namespace ccgate
