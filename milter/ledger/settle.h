// milter/ledger/settle.h: a judgement of the policy -> what the contacts' own word makes of it.
#pragma once

#include "milter/ledger/memory.h"

namespace ccgate {

/// `judged`, of a list that enforces its policy, settled: a request to ask about is accepted when those whom
/// the policy asks have confirmed it, refused when one said no whose no decides, or so many did that enough
/// yeses cannot come any more, held where there are fewer people to ask than have to say yes, and else asked
/// about; nobody is ever asked for an author who is not authenticated. A request to which a contact objected
/// is refused for as long as an answer would count. Where somebody who has to be asked or told cannot be
/// written to, it is held, and deferred while that is not known. With request_key, ask_style and approval.
[[nodiscard]] RecipientJudgement settle(const Memory& memory, RecipientJudgement judged,
                                        const Address& author);

}  // namespace ccgate
