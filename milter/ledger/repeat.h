// milter/ledger/repeat.h: the same message once more gets the answer that it got before.
#pragma once

#include "milter/ledger/memory.h"

namespace ccgate {

/// What the record knows of the same message.
struct Recalled {
  std::optional<DecisionRecord::Seen> seen = {};  ///< what was found, to be compared when this one is
                                                  ///< recorded; nullopt: it was not asked
  std::optional<LedgerEntry> before = {};         ///< to be repeated; nullopt: this one is new
};

/// The decision before is repeated when it was recorded within replay.window for the same request under the
/// same policy, and is no milder than what `settled` decides now by `judged`. A question that must be asked
/// anew is never a repetition.
[[nodiscard]] Recalled recall(const Memory& memory, const Settled& settled, const RecipientJudgement& judged);

/// `settled` as `before` was: its decision, ground, rule, reply and id.
[[nodiscard]] Settled repeat(Settled settled, const LedgerEntry& before);

}  // namespace ccgate
