// policy/request/inert.h: text in which no reader finds a command that lets somebody in, whatever became of
// it.
#pragma once

#include <string_view>

#include "policy/names/list_addresses.h"

namespace ccgate {

enum class TextKind {
  text,          ///< decoded
  confirmation,  ///< decoded, and an answer to the manager's own question: the few words that its question
                 ///< makes people quote stand for nothing
  raw,           ///< as it came: lines of base64 and the markup of pictures say nothing
  raw_confirmation,  ///< both
  to_sympa_owner,    ///< a Subject to the owner of a Sympa list, where only `subscribe` is a command
};

/// True when no word that begins a command letting somebody in stands anywhere in `text`, not even in the
/// middle of another word: between the list's MTA and its manager lines are broken and joined, octets dropped
/// and letters folded. Under every reading: as it stands, without what is not ASCII, with letters that look
/// like those of ASCII taken for them, with soft line breaks of quoted-printable taken out, with flowed lines
/// joined (RFC 3676), and of raw text also without its tags. `unsubscribe` is not `subscribe`. Always true
/// for managers that read no text. Linear time.
[[nodiscard]] bool is_inert(Manager manager, std::string_view text, TextKind kind = TextKind::text);

}  // namespace ccgate
