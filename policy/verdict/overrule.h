// policy/verdict/overrule.h: a verdict that something behind the policy decides otherwise. Of each ccTLD it
// says what it says of the whole.
#pragma once

#include "policy/verdict/verdict.h"

namespace ccgate {

/// Every ccTLD gets `decision`, `ground` and `reply`, by no rule, and nothing is done beside it. What was
/// tried stays, and which ccTLD decided.
[[nodiscard]] Verdict overruled(Verdict verdict, Decision decision, Ground ground, const Reply& reply);

/// Every ccTLD that is decided as the whole gets `decision` and `reply` on the grounds that it has, and
/// nothing is done beside it; so does one that would be stricter now than the whole.
[[nodiscard]] Verdict redecided(Verdict verdict, Decision decision, const Reply& reply);

/// Every ccTLD that is decided as the whole gets `reply`.
[[nodiscard]] Verdict replied(Verdict verdict, const Reply& reply);

}  // namespace ccgate
