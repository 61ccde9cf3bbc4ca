// policy/request/leave_wish.h: what people who read the mail take for a wish to leave and nothing else.
#pragma once

#include "policy/message/words.h"
#include "policy/names/address.h"
#include "policy/request/list_addresses.h"

namespace ccgate {

/// True when Subject or text ask people to take somebody off the list, and say nothing else: all was read,
/// and Subject and own lines consist of phrases of a table (leave_words.h), the name of the list, its
/// addresses and the author's. Names may stand behind thanks or a farewell, at the end, and below a signature
/// separator: few words, in capitals as names are, without a word that could be a wish to join, or another
/// mail address. The last two hold for what is quoted, too. `at_leave_address`: the address asks already,
/// words need not.
[[nodiscard]] bool asks_only_to_leave(const Words& words, const Address& author, const ListAddresses& list,
                                      bool at_leave_address = false);

}  // namespace ccgate
