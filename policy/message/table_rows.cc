#include "policy/message/table_rows.h"

#include <algorithm>
#include <string_view>

#include "policy/text/text.h"

namespace ccgate {
namespace {

void append_cell(std::string& line, std::string_view cell) {
  if (!line.empty() && cell.starts_with("> ")) cell.remove_prefix(2);
  if (!line.empty()) line += line.ends_with(':') || line.ends_with("：") ? ' ' : '\t';
  bool blank = false;
  for (const char c : cell) {
    const bool gap = c == ' ' || c == '\t' || c == '\n';
    if (!gap && blank) line += ' ';
    if (!gap) line += c;
    blank = gap;
  }
}

}  // namespace

void TableRows::open_table(std::size_t at) {
  constexpr std::size_t kDeepest = 50;
  if (!tables_.empty()) tables_.back().for_layout = true;
  if (tables_.size() == kDeepest) {
    ++too_deep_;
  } else {
    tables_.push_back({false, false, at});
  }
}

void TableRows::close_table() {
  if (too_deep_ > 0) {
    --too_deep_;
  } else if (!tables_.empty()) {
    tables_.pop_back();
  }
}

void TableRows::begin_row(std::size_t at) {
  if (tables_.empty() || too_deep_ > 0) return;
  Table& table = tables_.back();
  table.in_row = true;
  table.for_layout = false;
  table.row = at;
  table.cells.clear();
}

void TableRows::begin_cell(std::size_t at) {
  if (tables_.empty() || too_deep_ > 0) return;
  if (!tables_.back().in_row) begin_row(at);
  tables_.back().cells.push_back(at);
}

void TableRows::end_row(std::string& text) {
  if (tables_.empty() || too_deep_ > 0) return;
  Table& table = tables_.back();
  const bool joins = table.in_row && !table.for_layout && table.cells.size() > 1;
  table.in_row = false;
  if (!joins) return;
  std::string line;
  bool several = false;
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const std::size_t begin = std::min(table.cells[i], text.size());
    const std::size_t end =
        i + 1 < table.cells.size() ? std::min(table.cells[i + 1], text.size()) : text.size();
    const std::string_view cell = trim(std::string_view(text).substr(begin, end - begin));
    if (cell.empty()) continue;
    several |= cell.find('\n') != std::string_view::npos;
    append_cell(line, cell);
  }
  const std::string lines = several ? text.substr(table.row) : "";
  text.resize(table.row);
  if (line.empty()) return;
  text += line + '\n' + lines;
}

}  // namespace ccgate
