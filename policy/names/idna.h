// policy/names/idna.h: one label between U-label and A-label (RFC 5890 to 5893), and Unicode's normal form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// The A-label of a U-label in any letter case (UTF-8, at least one non-ASCII character). nullopt for what is
/// no U-label after lower-casing: disallowed or unassigned characters, wrong normal form, wrong bidi or
/// joiner context. Nothing but letter case is changed: no character is dropped, joined or split on the way,
/// and none becomes an ASCII one (fullwidth letters).
[[nodiscard]] std::optional<std::string> idna_encode(std::string_view label);
/// The U-label of a lower-case A-label; nullopt when it is none, or does not come back to the same A-label.
[[nodiscard]] std::optional<std::string> idna_decode(std::string_view label);

/// True for valid UTF-8 in normal form C (RFC 6532 3.1 asks for it), of at most 128 octets.
[[nodiscard]] bool is_nfc(std::string_view text);

}  // namespace ccgate
