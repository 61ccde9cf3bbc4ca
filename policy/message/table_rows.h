// policy/message/table_rows.h: the rows of HTML tables as lines of text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ccgate {

/// Told of each table, row and cell in the order in which they come, with the length of the text so far.
/// Tables in tables beyond some depth are no tables.
class TableRows {
 public:
  void open_table(std::size_t at);
  void close_table();
  [[nodiscard]] bool open() const noexcept { return !tables_.empty(); }

  void begin_row(std::size_t at);
  /// A cell without a row begins one.
  void begin_cell(std::size_t at);
  /// Puts the cells of the row that is open, if any, on one line. The text ends in a line end, or is empty.
  void end_row(std::string& text);

 private:
  struct Table {
    bool in_row = false;
    bool for_layout = false;  ///< the row holds another table
    std::size_t row = 0;
    std::vector<std::size_t> cells = {};  ///< where they begin
  };
  std::vector<Table> tables_;  // outermost first
  std::size_t too_deep_ = 0;
};

}  // namespace ccgate
