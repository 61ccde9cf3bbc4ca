// policy/leave/leave_wish.h: what people who read the mail take for a wish to leave and nothing else.
#pragma once

#include "policy/message/words.h"
#include "policy/names/address.h"
#include "policy/names/list_addresses.h"

namespace ccgate {

/// True when Subject or text ask people to take somebody off the list, and say nothing else: all was read,
/// nothing of it is hidden, and Subject and lines consist of phrases of a table (leave_phrases.h), the name
/// of the list, its addresses and the author's. The author's name may stand there (sign_off.h), behind thanks
/// or a farewell one more, below that and below a signature separator a signature of the author's, and what
/// mail programs put there (client_footers.h). A quoted mail (quoted_mail.h) counts for nothing, if it has no
/// word that could be a wish to join, and no other mail address. `at_leave_address`: the address asks
/// already, words need not. Linear time.
[[nodiscard]] bool asks_only_to_leave(const Words& words, const Address& author, const ListAddresses& list,
                                      bool at_leave_address = false);

/// True when a part of a sentence of Subject or text, in their first 16 KiB, begins with words about leaving,
/// and nothing there could be a wish to join: whatever else the mail says, to take it for such a wish would
/// turn it round.
[[nodiscard]] bool asks_also_to_leave(const Words& words, const Address& author, const ListAddresses& list);

}  // namespace ccgate
