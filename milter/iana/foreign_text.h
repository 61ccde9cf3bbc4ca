// milter/iana/foreign_text.h: text of IANA's, or of whoever answers in its place, before people see it.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// In backticks, for a message of one line: printable ASCII as it is, every other octet (backticks and
/// backslashes too) as `\xNN`, cut with `...` after 60 octets.
[[nodiscard]] std::string quoted_ascii(std::string_view text);

/// A name for people, UTF-8: runs of blanks and controls (C0, C1, line and paragraph separators) become one
/// space, none at the ends.
[[nodiscard]] std::string one_line(std::string_view utf8);

}  // namespace ccgate
