// milter/mime/transfer_encoding.h: bodies in base64 and quoted-printable that every decoder reads alike (RFC
// 2045 6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

enum class TransferEncoding { identity, base64, quoted_printable };

/// A Content-Transfer-Encoding field body; nullopt for one that mail does not use or that has comments.
[[nodiscard]] std::optional<TransferEncoding> parse_transfer_encoding(std::string_view field_body);

/// Only the alphabet, blanks and line ends, padding at the very end, whole groups of four. Decoders
/// differ on the rest: some stop at padding in the middle, some go on.
[[nodiscard]] bool is_plain_base64(std::string_view text) noexcept;
/// Every `=` begins two hexadecimal digits or ends its line: with blanks behind it, some join the lines and
/// some do not.
[[nodiscard]] bool is_plain_quoted_printable(std::string_view text) noexcept;

/// What text in its plain form stands for; blanks at the end of a line are kept.
[[nodiscard]] std::string decode_base64(std::string_view text);
[[nodiscard]] std::string decode_quoted_printable(std::string_view text);

}  // namespace ccgate
