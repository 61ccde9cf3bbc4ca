// milter/mime/unread_parts.h: what beside text may stand in a mail that was read as a whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "milter/mime/mime_cut.h"

namespace ccgate {

/// True for a part of a closed list of kinds that tell nobody anything: pictures that the mail shows (logos)
/// and does not attach, detached signatures and keys. Its type alone does not make it one: the name that it
/// goes by has an ending of that type and speaks of no form, and it begins as such a thing does, or is no
/// more than one short word. Whatever else is attached, somebody may read.
[[nodiscard]] bool says_nothing(const MimeLeaf& leaf);

/// By its type.
[[nodiscard]] bool is_vcard(const MimeLeaf& leaf);

/// The octets that it stands for; nullopt where not all decoders agree.
[[nodiscard]] std::optional<std::string> decoded_octets(const MimeLeaf& leaf);

inline constexpr std::string_view kUuencoded = "a file stands in the text";

/// `begin 644 form.pdf` at the start of a line: mail programs show a file there.
[[nodiscard]] bool holds_uuencoded(std::string_view text) noexcept;

}  // namespace ccgate
