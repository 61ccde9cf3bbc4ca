// policy/text/control_escapes.h: controls in text that is quoted, for logs and JSON.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// `text` with what could repaint a terminal, end a line or turn it around (controls but tabs and LF, line
/// ends of Unicode, direction marks) as `\uXXXX`: for JSON, where such a character stands in strings only,
/// and what is quoted likewise. Octets that are no UTF-8 stay as they are.
[[nodiscard]] std::string with_escaped_controls(std::string_view text);

}  // namespace ccgate
