// milter/members/csv_rows.h: comma-separated values (RFC 4180) with the places they stand at. Pure.
#pragma once

#include <functional>
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
  std::vector<CsvCell> cells;  ///< at least one, and no more than kMostCells: what is beyond is left out
};
inline constexpr std::size_t kMostCells = 64;

/// Gives each row to `take`, until that says false. Rows end with LF or CRLF, the last one also with the
/// text. Empty lines are left out. A quote within a cell, text behind a closing one, and one that is never
/// closed are told; the rows behind are read all the same. Linear time, and the memory of one row.
void read_csv(std::string_view text, IssueSink& sink, const std::function<bool(const CsvRow&)>& take);

/// One cell, quoted where it has to be. What a spreadsheet would run begins with an apostrophe:
/// `= + - @`, tab and CR.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// Of a cell that was written so: without the apostrophe.
[[nodiscard]] std::string_view without_apostrophe(std::string_view cell) noexcept;

}  // namespace ccgate
