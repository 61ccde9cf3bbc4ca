// milter/ledger/vouchers.h: who is asked about a request, and what was asked before.
#pragma once

#include <vector>

#include "milter/ledger/memory.h"

namespace ccgate {

/// Of the verdict's ccTLDs that are decided `ask`; see polls_of. Members are those that the store has for the
/// list and the ccTLD now, to whom mail does not come back: none of `people`, whom the request is about, none
/// who cannot be written to, and of one person with two addresses that are known to be its own, one.
[[nodiscard]] std::vector<Poll> polls_about(const Memory& memory, const RecipientJudgement& judged,
                                            const Address& author, const std::vector<Person>& people);

/// True when one of the ccTLDs that are decided `ask` asks members.
[[nodiscard]] bool asks_members(const Verdict& verdict);
/// False: without a store, nobody is known.
[[nodiscard]] bool knows_members(const Memory& memory) noexcept;

/// All questions about the same request, with what came of them.
[[nodiscard]] std::vector<Question> questions_about(const Memory& memory, const RecipientJudgement& judged);

}  // namespace ccgate
