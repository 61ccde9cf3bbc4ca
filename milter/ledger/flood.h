// milter/ledger/flood.h: the bound on requests in 24 hours (`flood`).
#pragma once

#include <string>

#include "milter/ledger/memory.h"

namespace ccgate {

/// Why when `judged` would let its author or ccTLDs have more than `flood` in 24 hours. What the contacts
/// confirmed is bound by its author only: others who ask in the name of a ccTLD must not keep it out. How
/// much mail a contact gets is counted when the decision is recorded (budgets.h). Empty: it would not.
[[nodiscard]] std::string flood_because(const Memory& memory, const RecipientJudgement& judged);

}  // namespace ccgate
