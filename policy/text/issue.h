// policy/text/issue.h: what is wrong in a file of the operator's, told so that it can be mended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/text/enum_words.h"

namespace ccgate {

/// A place in a text: lines and columns from 1, columns in characters (code points); 0: no place.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

enum class Severity { error, warning, note };
template <>
struct EnumWords<Severity> {
  using enum Severity;
  static constexpr auto table = word_table<Severity>({
      {error, "error"},
      {warning, "warning"},
      {note, "note"},
  });
};

struct Issue {
  Severity severity = Severity::error;
  std::string file;  ///< as the operator named it
  Position at;
  std::string what;             ///< lower case, no final period, text of the operator's in backticks
  std::string help;             ///< what to do; may be empty
  std::string line;             ///< the line of the file at `at`, without its end; may be empty
  std::size_t line_column = 1;  ///< of the first character of `line`: of a very long one only a part is kept
  friend bool operator==(const Issue&, const Issue&) = default;
};

/// Collected, never thrown: everything wrong is told at once.
using Issues = std::vector<Issue>;

[[nodiscard]] bool has_errors(const Issues& issues) noexcept;

/// The issues from `first` on, in the order of their places: for those of one file.
void sort_by_place(Issues& issues, std::size_t first);

/// `file:line:column: error: what`, the line, a caret under the column (tabs and wide characters minded),
/// `help: ...`.
[[nodiscard]] std::string render(const Issue& issue);

/// The candidate nearest to `word` (edit distance at most a third of its length), or "".
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// `did you mean `x`?` or "".
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace ccgate
