// policy/request/leave_wish.h: what people who read the mail take for a wish to leave and nothing else.
#pragma once

#include "policy/message/words.h"

namespace ccgate {

/// True when Subject or text ask people to take somebody off the list and say nothing that could be a wish to
/// be on it. `at_leave_address`: the address asks already, so that only a wish to join speaks against it.
[[nodiscard]] bool asks_only_to_leave(const Words& words, bool at_leave_address = false);

}  // namespace ccgate
