// milter/session/actions.h: a verdict -> the answer to the MTA and the edits of the message.
#pragma once

#include <string_view>

#include "milter/session/decision.h"

namespace ccgate {

/// Fills in answer, edits and observed of `result` from its verdict and judgements. `now`: seconds since
/// 1970.
void act(TransactionResult& result, const Ruleset& rules, const TransactionStart& start,
         const std::vector<HeaderField>& fields, std::int64_t now);

/// The name under which our marks are written.
[[nodiscard]] const std::string& authserv_id_of(const Config& config, const TransactionStart& start);

/// True when no gated recipient's list enforces its policy: whatever is decided, the message is delivered.
[[nodiscard]] bool observes(const std::vector<Recipient>& recipients);

/// The decision that `config` puts in the place of trouble of `ground`; `decision` itself for any other
/// ground.
[[nodiscard]] Decision on_trouble(const Config& config, Ground ground, Decision decision);

}  // namespace ccgate
