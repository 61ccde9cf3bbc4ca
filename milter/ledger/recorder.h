// milter/ledger/recorder.h: a decision into the store, before its client has the reply.
#pragma once

#include "milter/ledger/memory.h"

namespace ccgate {

/// Keeps the decision and all that follows from it, in one transaction; of a repeated one only that it came
/// again. Of refusals of which nothing came, 10,000 a day are kept for each list, with 20 ccTLDs at most; as
/// many of authors who are not authenticated, and those for `retention_refused` only. Throws StoreError: then
/// the client must not have this answer. But for `yes` nothing is kept, and the decision is to be made anew.
/// `memory` has a store.
[[nodiscard]] Recorded record_decision(const Memory& memory, const TransactionStart& start,
                                       const std::vector<HeaderField>& fields,
                                       const TransactionResult& result);

}  // namespace ccgate
