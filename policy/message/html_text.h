// policy/message/html_text.h: HTML -> the text that a reader sees, well enough to find lines and words in it.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

struct HtmlText {
  std::string text;
  std::string skipped;    ///< what was left out but styles and settings of Outlook: nobody sees it
  bool unread = false;    ///< readers may see more than `text`
  bool pictures = false;  ///< it shows some
  bool hidden = false;    ///< some of `text` is struck out, or in a style in which people may not see it
};

/// Tags dropped; `br`, `p`, `div`, `tr`, `li`, headings and other blocks end a line. The cells of one row of
/// a table are one line, whatever blocks stand in them, a tab between two of them where the first does not
/// end in a colon; where a cell has several lines they follow once more, as lines. A row that holds another
/// table is for layout: its lines stay as they are. Lines in `blockquote type=cite` and its like begin with
/// `>`. Comments, `script`, `style`, `head` titles and `template` are left out, but what Outlook shows of its
/// conditional comments; character references decoded (numeric ones, and the names that mail programs write).
/// Blanks and line ends of the source are one blank, but in `pre`. Never fails: what is not HTML comes out as
/// it is. The text is at most twice as long as the source. UTF-8 in and out, linear time. Text that a style
/// hides is kept, and told: a list manager does not read styles. Words of `alt`, `value`,
/// `placeholder` and `label` are shown. Unread: elements that browsers read by rules of their own (`svg`,
/// `textarea`, `script`), or show from elsewhere (`iframe`, `data:`); a comment, element or tag without end;
/// words of a style sheet; a mail address, or two letters behind a dot, in what is left out.
[[nodiscard]] HtmlText html_text(std::string_view html);

}  // namespace ccgate
