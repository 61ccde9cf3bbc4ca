// milter/tool/replay_text.h: what `ccgate replay` found, for people and for scripts.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "milter/ledger/decide_again.h"

namespace ccgate {

/// How many decisions, by what came of them.
struct ReplayCount {
  std::int64_t stay = 0;        ///< `other_rule` too
  std::int64_t other_rule = 0;  ///< of these
  std::int64_t change = 0;
  std::int64_t untold = 0;
  std::int64_t no_policy = 0;
  std::map<std::string, std::int64_t> missing = {};  ///< what the record lacks -> of how many `untold`
};
void count_again(ReplayCount& count, const DecidedAgain& again);

/// One that changes, a line for each recipient and list that does.
[[nodiscard]] std::string replay_text(const LedgerEntry& entry, const DecidedAgain& again);
[[nodiscard]] std::string replay_json(const LedgerEntry& entry, const DecidedAgain& again);

[[nodiscard]] std::string replay_count_text(const ReplayCount& count);
[[nodiscard]] std::string replay_count_json(const ReplayCount& count);

}  // namespace ccgate
