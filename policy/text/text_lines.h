// policy/text/text_lines.h: a text as lines and places: what every reader of an operator's file needs before
// it parses, and whenever it points at something.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "policy/text/issue.h"

namespace ccgate {

/// The lines of `text` without their ends (LF or CRLF). Refers to `text`. Not thread-safe: it remembers the
/// last place asked for, so that asking for each place of one long line in turn costs no more than reading
/// it.
class TextLines {
 public:
  explicit TextLines(std::string_view text);

  /// Line `number` from 1; empty when there is none.
  [[nodiscard]] std::string_view line(std::size_t number) const noexcept;
  /// The place of an octet of the text; its end when beyond.
  [[nodiscard]] Position at(std::size_t offset) const noexcept;
  /// The place of octet `column` (from 0) of line `line` (from 0), as parsers count.
  [[nodiscard]] Position at_octet(std::size_t line, std::size_t column) const noexcept;
  /// The offset into the text of the same.
  [[nodiscard]] std::size_t offset(std::size_t line, std::size_t column) const noexcept;

  struct Part {
    std::string_view text;
    std::size_t column;  ///< of its first character
  };
  /// The line at `place`; of a very long one (a generated file may be a single line) what is near the place,
  /// far more than anybody is shown.
  [[nodiscard]] Part around(Position place) const noexcept;

 private:
  [[nodiscard]] std::size_t index_of_line(std::size_t offset) const noexcept;
  std::string_view text_;
  std::vector<std::size_t> starts_;
  struct Counted {
    std::size_t line, octets, points;
  };
  mutable Counted last_{0, 0, 0};
};

/// Octets that no text file of ours may hold: more than `limit` of them, invalid UTF-8, a byte order mark,
/// NUL and other controls but tab and line ends, bare CR. The first one is told; false then.
[[nodiscard]] bool check_text(std::string_view text, std::string_view file, std::size_t limit,
                              Issues& issues);

}  // namespace ccgate
