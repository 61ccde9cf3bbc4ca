// policy/message/html_text.h: HTML -> the text that a reader sees, well enough to find lines and words in it.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// Tags dropped; `br`, `p`, `div`, `tr`, `li`, headings and other blocks end a line; table cells are set
/// apart by a blank; comments, `script`, `style`, `head` titles and `template` are left out; character
/// references decoded (numeric ones, and the names that mail programs write). Blanks and line ends of the
/// source are one blank, but in `pre`. Never fails: what is not HTML comes out as it is. The result is never
/// longer than the source plus one octet a tag. UTF-8 in and out, linear time. Text that a style hides is
/// kept: a list manager does not read styles, and neither do we.
[[nodiscard]] std::string html_text(std::string_view html);

}  // namespace ccgate
