#include "milter/members/csv_rows.h"

#include <utility>

#include "policy/text/utf8.h"

namespace ccgate {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, IssueSink& sink) : text_(text), sink_(sink) {}

  void rows(const std::function<bool(const CsvRow&)>& take) {
    while (pos_ < text_.size()) {
      if (at_line_end()) {
        next_line();
        continue;
      }
      CsvRow row;
      for (;;) {
        CsvCell next = cell();
        if (row.cells.size() < kMostCells) row.cells.push_back(std::move(next));
        if (pos_ == text_.size() || text_[pos_] != ',') break;
        step();
      }
      if (pos_ < text_.size()) next_line();
      if (!take(row)) return;
    }
  }

 private:
  [[nodiscard]] bool at_line_end() const {
    return text_[pos_] == '\n' || (text_[pos_] == '\r' && pos_ + 1 < text_.size() && text_[pos_ + 1] == '\n');
  }
  [[nodiscard]] bool at_cell_end() const {
    return pos_ == text_.size() || text_[pos_] == ',' || at_line_end();
  }
  /// Behind the next octet.
  void step() {
    if (text_[pos_] == '\n') {
      ++at_.line;
      at_.column = 1;
    } else if (pos_ + 1 == text_.size() || begins_code_point(text_[pos_ + 1])) {
      ++at_.column;
    }
    ++pos_;
  }
  void next_line() {
    while (text_[pos_] != '\n') step();
    step();
  }

  CsvCell cell() {
    if (pos_ < text_.size() && text_[pos_] == '"') return quoted();
    CsvCell found{"", at_};
    bool told = false;
    for (; !at_cell_end(); step()) {
      if (text_[pos_] == '"' && !told) {
        sink_.error(at_, "a quote within a cell that does not begin with one",
                    "put the whole cell in quotes, and write this one twice");
        told = true;
      }
      found.text += text_[pos_];
    }
    return found;
  }

  CsvCell quoted() {
    CsvCell found{"", at_};
    for (step(); pos_ < text_.size(); step()) {
      if (text_[pos_] == '"') {
        step();
        if (pos_ == text_.size() || text_[pos_] != '"') {
          behind_quote();
          return found;
        }
      }
      found.text += text_[pos_];
    }
    sink_.error(found.at, "this quote is never closed", "write a quote that is meant as such twice");
    return found;
  }

  void behind_quote() {
    if (at_cell_end()) return;
    sink_.error(at_, "text behind a closing quote", "write a quote that is meant as such twice");
    while (!at_cell_end()) step();
  }

  std::string_view text_;
  IssueSink& sink_;
  std::size_t pos_ = 0;
  Position at_{1, 1};
};

constexpr std::string_view kRun = "=+-@\t\r";

}  // namespace

void read_csv(std::string_view text, IssueSink& sink, const std::function<bool(const CsvRow&)>& take) {
  CsvReader(text, sink).rows(take);
}

std::string csv_cell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && kRun.find(cell.front()) != std::string_view::npos) cell.insert(cell.begin(), '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string all = "\"";
  for (const char c : cell) {
    if (c == '"') all += '"';
    all += c;
  }
  return all + '"';
}

std::string_view without_apostrophe(std::string_view cell) noexcept {
  if (cell.size() > 1 && cell.front() == '\'' && kRun.find(cell[1]) != std::string_view::npos)
    cell.remove_prefix(1);
  return cell;
}

}  // namespace ccgate
