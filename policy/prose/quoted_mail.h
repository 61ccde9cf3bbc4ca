// policy/prose/quoted_mail.h: the mail that somebody answers, below what they wrote.
#pragma once

#include <cstddef>
#include <vector>

#include "policy/text/text_regions.h"

namespace ccgate {

/// The lines [begin, text) say who wrote the mail that stands below, [text, end): nothing follows it.
struct QuotedMail {
  std::size_t begin = 0;
  std::size_t text = 0;
};

/// A closed set of forms: lines that all begin with `>`, below a line that says who wrote them and when, or
/// in a mail that `is_reply`; and in such a mail, whatever stands below the header of a mail as Outlook
/// writes it (From, a date with a year or a time, and one more field). Where there is none, both are the
/// number of lines. Linear time.
[[nodiscard]] QuotedMail find_quoted_mail(const std::vector<RegionLine>& lines, bool is_reply);

}  // namespace ccgate
