// milter/session/rule_edits.h: what the rules want done to a message that goes on.
#pragma once

#include <cstdint>
#include <optional>

#include "milter/session/decision.h"

namespace ccgate {

/// How a decision is answered; `style` of an `ask` whose contacts are asked.
[[nodiscard]] Answer::Kind answer_kind(Decision decision, std::optional<AskStyle> style);

/// Puts into `result.edits` what the rules want done where the message is to go on, or, where it may not come
/// about, makes the verdict stricter: the MTA takes every edit and tells of none that it could not make.
void plan_edits(TransactionResult& result, const Ruleset& rules, std::int64_t now);

/// Turns the verdict into a refusal of the whole for how it is addressed, or for what cannot be done about
/// it; no edits. Of a decision that was to be repeated too.
void refuse_envelope(TransactionResult& result, Ground ground, Reply reply);

}  // namespace ccgate
