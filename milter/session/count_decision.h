// milter/session/count_decision.h: what the metrics tell of one decided message.
#pragma once

#include "milter/decision/decision.h"

namespace ccgate {

/// Once for each message whose decision is logged.
void count_decision(const TransactionResult& result) noexcept;

}  // namespace ccgate
