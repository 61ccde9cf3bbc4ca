// policy/prose/line_joins.h: a text as a reader has it who joins lines that were broken on the way.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// RFC 2045 6.7: `=` at the end of a line, blanks behind it allowed.
[[nodiscard]] std::string without_soft_breaks(std::string_view text);

/// Some line ends in a blank.
[[nodiscard]] bool has_flow(std::string_view text) noexcept;

/// How many blanks go where a flowed line goes on in the next one, behind its quote marks.
enum class FlowedBlanks {
  all,           ///< around the break
  as_rfc_3676,   ///< one before it, as DelSp=yes says (4.2), and one behind it, the stuffing (4.4)
  one_before_it  ///< the stuffing stays
};
/// RFC 3676 4.2: a line that ends in a blank goes on in the next one. Whether a word ends there depends on
/// how many blanks a reader drops: text is inert when it is so in each way.
[[nodiscard]] std::string without_flow(std::string_view text, FlowedBlanks dropped);

}  // namespace ccgate
