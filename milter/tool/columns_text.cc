#include "milter/tool/columns_text.h"

#include <algorithm>
#include <utility>

#include "milter/tool/show_parts.h"
#include "policy/text/terminal_text.h"
#include "policy/text/utf8.h"

namespace ccgate {

std::string columns_text(const std::vector<std::vector<std::string>>& rows, const std::string& indent) {
  std::vector<std::vector<std::string>> clean;
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const std::string& text : row) {
      std::string each = shown(text);
      std::replace(each.begin(), each.end(), '\t', ' ');
      std::replace(each.begin(), each.end(), '\n', ' ');
      cells.push_back(each.empty() ? "-" : std::move(each));
    }
    widths.resize(std::max(widths.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], columns(cells[i]));
    clean.push_back(std::move(cells));
  }
  std::string out;
  for (const auto& row : clean) {
    std::string line = indent;
    for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i] + 2);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

}  // namespace ccgate
