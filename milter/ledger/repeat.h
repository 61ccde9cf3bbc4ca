// milter/ledger/repeat.h: the same message once more gets the answer that it got before.
#pragma once

#include "milter/ledger/memory.h"

namespace ccgate {

/// The entry of the decision that is to be repeated for the same message: recorded within replay.window for
/// the same request under the same policy, and no milder than what `result` decides now. A question that
/// must be asked anew is never a repetition. nullopt: this one is new. Notes in
/// `result.seen` what it found.
[[nodiscard]] std::optional<LedgerEntry> decision_to_repeat(const Memory& memory, TransactionResult& result,
                                                            const RecipientJudgement& judged);

/// Makes `result` that of `before`: its decision, reply and id.
void repeat(TransactionResult& result, const LedgerEntry& before);

}  // namespace ccgate
