// milter/decision/rule_edits.h: what the rules want done to a message that goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "milter/decision/decision.h"

namespace ccgate {

/// How a decision is answered; `style` of an `ask` whose contacts are asked.
[[nodiscard]] Answer::Kind answer_kind(Decision decision, std::optional<AskStyle> style);

/// What is to be done to a message, and what that made of its verdict.
struct Planned {
  Settled settled;
  Edits edits = {};
};

/// What the rules want done where the message is to go on. Where it may not come about, the verdict is
/// stricter and there are no edits: the MTA takes every edit and tells of none that it could not make.
[[nodiscard]] Planned plan_edits(Settled settled, const Ruleset& rules, std::int64_t now);

/// `settled` refused whole for how it is addressed, or for what cannot be done about it. `why` as in
/// DecisionChange.
[[nodiscard]] Settled refuse_envelope(Settled settled, Ground ground, const Reply& reply, std::string why);

}  // namespace ccgate
