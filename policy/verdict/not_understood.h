// policy/verdict/not_understood.h: what people are told whose mail was no command.
#pragma once

#include "policy/request/list_addresses.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// The refusal of a mail that was not understood at a command address of `list`: where to write to leave, to
/// be helped and to join. ASCII, of the list's own data; what does not fit into a reply is left out.
[[nodiscard]] Reply not_understood_reply(const ListAddresses& list);

/// `verdict` with that reply where it refuses for want of evidence or of anything named: whoever was refused
/// so hears how to leave instead of how to join. Other verdicts stay as they are.
[[nodiscard]] Verdict tell_not_understood(const ListAddresses& list, Verdict verdict);

}  // namespace ccgate
