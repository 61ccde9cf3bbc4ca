// milter/session/take_review.h: the answer of a contact that was asked who of its people still belongs on a
// list.
#pragma once

#include "milter/session/take_token.h"
#include "policy/request/review_answer.h"

namespace ccgate {

/// True when the token of `own` was mailed with a review.
[[nodiscard]] bool is_of_review(const TokenTaker& taker, const Ruleset::Own& own);

/// What `answer` says of the members that were there when it was asked, and of those ccTLDs alone whose
/// contact in `directory` still is who was asked. A yes stands for all of them; a no that names some ends
/// theirs, and stands for the others; one that names nobody ends nothing. The list's owner is told of both
/// kinds of no. All else changes nothing: `unclear`.
[[nodiscard]] Taken take_review(const TokenTaker& taker, const Ruleset::Own& own, const ReviewAnswer& answer,
                                const Directory& directory);

}  // namespace ccgate
