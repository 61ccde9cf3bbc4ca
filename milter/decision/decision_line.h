// milter/decision/decision_line.h: what the log tells of one decision.
#pragma once

#include "milter/decision/decision.h"
#include "milter/system/log.h"

namespace ccgate {

/// The one log line of a decision.
[[nodiscard]] LogLine decision_line(const TransactionStart& start, const TransactionResult& result);
/// In its place, of a bounce that was discarded.
[[nodiscard]] LogLine bounce_line(const TransactionStart& start, const TransactionResult& result);

}  // namespace ccgate
