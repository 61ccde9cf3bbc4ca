// policy/request/line_joins.h: a text as a reader has it who joins lines that were broken on the way.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// RFC 2045 6.7: `=` at the end of a line, blanks behind it allowed.
[[nodiscard]] std::string without_soft_breaks(std::string_view text);

/// RFC 3676 4.2: a line that ends in a blank goes on in the next one, behind its quote marks; the blank is
/// dropped, as DelSp=yes says.
[[nodiscard]] std::string without_flow(std::string_view text);

}  // namespace ccgate
