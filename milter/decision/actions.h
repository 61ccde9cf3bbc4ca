// milter/decision/actions.h: a verdict -> the answer to the MTA and the edits of the message.
#pragma once

#include <string_view>

#include "milter/decision/decision.h"

namespace ccgate {

/// What becomes of a message that is settled so: trouble is decided as the configuration says, unless that
/// was done when it was recorded; a list that only observes lets everything through; and where a message is
/// mixed, or an edit may not come about, it is refused. `now`: seconds since 1970.
[[nodiscard]] TransactionResult answer(Settled settled, const Ruleset& rules, const TransactionStart& start,
                                       const std::vector<HeaderField>& fields, std::int64_t now);

/// What gated mail gets when something went wrong on our side, as `on.internal_error` says; a refusal is none
/// of the author's making, and is put off.
[[nodiscard]] TransactionResult internal_error_result(OnTrouble what);

/// The name under which our marks are written.
[[nodiscard]] const std::string& authserv_id_of(const Config& config, const TransactionStart& start);

/// True when no gated recipient's list enforces its policy: whatever is decided, the message is delivered.
[[nodiscard]] bool observes(const std::vector<Recipient>& recipients);

}  // namespace ccgate
