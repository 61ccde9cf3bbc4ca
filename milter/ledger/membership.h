// milter/ledger/membership.h: what a decision makes of the members of its lists.
#pragma once

#include <vector>

#include "milter/ledger/memory.h"
#include "milter/store/member_records.h"

namespace ccgate {

/// Nothing of a decision that is not carried out, or whose author is not authenticated (`lets_in`).
///
/// An accepted subscription: everybody of it with an address is a member for each of its ccTLDs; of a text
/// that is not authentic, the author alone; at a form's address, nobody of a mail that `names_nobody`. The
/// contact who stood for it is the one that confirmed, else one that wrote, else one in To or Cc; where it
/// was let in without any, by members alone too, nobody did.
///
/// An accepted `unsubscribe`: the author is no member any more, for the ccTLDs named or, where none is or the
/// list manager carries it out, for any; others named are none for the ccTLDs whose contact wrote, or a
/// colleague with it in To or Cc. Nobody's membership ends when it is not known whom the message means.
[[nodiscard]] MemberChanges membership_of(const Memory& memory, const std::vector<HeaderField>& fields,
                                          const TransactionResult& result);

}  // namespace ccgate
