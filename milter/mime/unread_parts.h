// milter/mime/unread_parts.h: what beside text may stand in a mail that was read as a whole.
#pragma once

#include <string_view>

#include "milter/mime/mime_cut.h"

namespace ccgate {

/// True for a part of a closed list of kinds that tell nobody anything: pictures that the mail shows (logos)
/// and does not attach, vCards, detached signatures and keys. Whatever else is attached, somebody may read.
[[nodiscard]] bool says_nothing(const MimeLeaf& leaf);

inline constexpr std::string_view kUuencoded = "a file stands in the text";

/// `begin 644 form.pdf` at the start of a line: mail programs show a file there.
[[nodiscard]] bool holds_uuencoded(std::string_view text) noexcept;

}  // namespace ccgate
