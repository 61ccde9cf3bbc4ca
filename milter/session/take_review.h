// milter/session/take_review.h: the answer of a contact that was asked who of its people still belongs on a
// list.
#pragma once

#include <vector>

#include "milter/session/take_token.h"
#include "policy/answer/review_answer.h"

namespace ccgate {

/// True when the token of `own` was mailed with a review.
[[nodiscard]] bool is_of_review(const TokenTaker& taker, const Ruleset::Own& own);

/// What `answer` says of the members that were there when it was asked, and of those ccTLDs alone whose
/// contact in `directory` still is who was asked. A yes stands for all of them; a no that names some ends
/// theirs, and stands for the others; one that names nobody ends nothing. The list's owner is told of both
/// kinds of no. All else changes nothing: `unclear`, and so is what names one of them elsewhere than among
/// those who leave, as a signature does, and a word of no with an address that the mail is from or the
/// contact has: `senders`, the addresses that the mail gives itself, which anybody may write, and the contact
/// may sign.
[[nodiscard]] Taken take_review(const TokenTaker& taker, const Ruleset::Own& own, const ReviewAnswer& answer,
                                const std::vector<Address>& senders, const Directory& directory);

}  // namespace ccgate
