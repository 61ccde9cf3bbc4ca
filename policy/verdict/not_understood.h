// policy/verdict/not_understood.h: what people are told whose mail was no command.
#pragma once

#include "policy/names/list_addresses.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// The refusal of a mail that was not understood at a command address of `list`: where to write to leave, to
/// be helped and to join. ASCII, of the list's own data; what does not fit into a reply is left out.
[[nodiscard]] Reply not_understood_reply(const ListAddresses& list);

/// `verdict` with that reply where it refuses for want of evidence or of anything named: whoever was refused
/// so hears how to leave instead of how to join. Other verdicts stay as they are.
[[nodiscard]] Verdict tell_not_understood(const ListAddresses& list, Verdict verdict);

/// `verdict` on a request that speaks of leaving and may not be taken for one to join: a refusal with that
/// reply, on grounds of contradiction where it would not refuse by itself. One that puts off stays.
[[nodiscard]] Verdict refuse_unclear(const ListAddresses& list, Verdict verdict);

}  // namespace ccgate
