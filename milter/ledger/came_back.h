// milter/ledger/came_back.h: a message that the gate let through, and that is brought back to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "milter/ledger/memory.h"

namespace ccgate {

/// The decision by which a message was let through or held before, when it comes back from the machine itself
/// with our mark: a content filter behind the gate brings it to a service that has the gate too. There SPF
/// says nothing, and what was accepted would be refused. For putting it off until somebody has seen to that,
/// and never for letting it through: anybody can write a mark. nullopt for any other message. Throws
/// StoreError.
[[nodiscard]] std::optional<std::string> came_back(const Memory& memory, const TransactionStart& start,
                                                   const std::vector<HeaderField>& fields,
                                                   const Settled& settled);

}  // namespace ccgate
