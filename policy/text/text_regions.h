// policy/text/text_regions.h: what in the text of a mail its author wrote for it, and what stands there
// besides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

enum class TextRegion {
  own,
  quoted,     ///< behind quote marks, below the header of a mail that is quoted without any
  signature,  ///< below `-- ` (RFC 3676 4.3), or of inline PGP
};

struct RegionLine {
  std::string text;  ///< as `as_seen` leaves it; quote marks and PGP's escapes of dashes taken away
  TextRegion region = TextRegion::own;
  bool marked = false;  ///< quoted by a mark of its own
  bool angle = false;   ///< which is `>`, as mail programs set it
};

/// The lines of a text as people see it (`Words::as_shown`); empty ones are kept, since they set paragraphs
/// apart. A form feed begins another part, in which regions begin anew. Linear time.
[[nodiscard]] std::vector<RegionLine> region_lines(std::string_view shown);

/// `-- `, and what is left of it where the blank was lost or a long dash stands for it.
[[nodiscard]] bool is_signature_separator(std::string_view line);

/// `-----Original Message-----` and its translations, or the rule that Outlook draws there.
[[nodiscard]] bool begins_quoted_mail(std::string_view line);

}  // namespace ccgate
