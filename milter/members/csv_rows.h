// milter/members/csv_rows.h: comma-separated values (RFC 4180) with the places they stand at. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/text/issue_sink.h"

namespace ccgate {

struct CsvCell {
  std::string text;
  Position at;  ///< of its first character; of a quoted one, of the quote
};
struct CsvRow {
  std::vector<CsvCell> cells;  ///< at least one
};

/// Rows end with LF or CRLF, the last one also with the text. Empty lines are left out. A quote within a
/// cell, text behind a closing one, and one that is never closed are told; the rows behind are read all the
/// same. Linear time.
[[nodiscard]] std::vector<CsvRow> read_csv(std::string_view text, IssueSink& sink);

/// One cell, quoted where it has to be. What a spreadsheet would run begins with an apostrophe:
/// `= + - @`, tab and CR.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// Of a cell that was written so: without the apostrophe.
[[nodiscard]] std::string_view without_apostrophe(std::string_view cell) noexcept;

}  // namespace ccgate
