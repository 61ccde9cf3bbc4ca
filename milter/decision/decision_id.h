// milter/decision/decision_id.h: the name of one decision, in log, reply, mark and ledger.
#pragma once

#include <string>

namespace ccgate {

/// A short unique id for one decision: 12 characters [0-9a-z], not guessable from the one before.
[[nodiscard]] std::string new_decision_id();

}  // namespace ccgate
