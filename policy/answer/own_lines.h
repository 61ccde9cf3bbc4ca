// policy/answer/own_lines.h: the lines of a mail that its author wrote, without what is quoted and what
// programs put around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

struct OwnLine {
  std::string_view text;    ///< without blanks at both ends; empty: a paragraph ends here
  std::size_t columns = 0;  ///< how long it was
};

/// Left out: quoted lines, the lines that say who wrote them (wrapped ones too), an original message below
/// its rule or its header, everything behind `-- ` up to the next quoted line, the frame of an inline PGP
/// signature (and its `- ` before dashes), and what a quoted line lost to a wrap. Behind a line that says who
/// wrote what is not marked as quoted, nothing is anybody's own. Refers to `text`.
[[nodiscard]] std::vector<OwnLine> own_lines(std::string_view text);

/// The lines behind `-- ` that own_lines leaves out.
[[nodiscard]] std::vector<OwnLine> signature_lines(std::string_view text);

/// Blanks and what nobody sees removed at both ends.
[[nodiscard]] std::string_view trim_seen(std::string_view line);

}  // namespace ccgate
