#include "milter/tool/ledger_table.h"

#include <algorithm>

#include "milter/system/timestamp.h"
#include "milter/tool/show_parts.h"
#include "policy/names/domain.h"
#include "policy/text/terminal_text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostLabels = 6;

std::string cell(std::string_view text) {
  std::string clean = shown(text);
  std::replace(clean.begin(), clean.end(), '\t', ' ');
  return clean.empty() ? "-" : clean;
}

/// U-labels; of many the first ones and the number of the others.
std::string label_list(const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i + 1 == kMostLabels && labels.size() > kMostLabels)
      return text + " +" + std::to_string(labels.size() - i);
    const auto domain = Domain::parse(labels[i]);
    text += (i == 0 ? "" : ",") + (domain ? domain->unicode() : labels[i]);
  }
  return text;
}

std::string cut(std::string_view line, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  for (const char32_t point : code_points(line)) {
    used += columns(point);
    if (used > width) break;
    append_utf8(out, point);
  }
  return out;
}

}  // namespace

LedgerTable::Cells LedgerTable::cells(const LedgerEntry& entry) {
  return {cell(entry.id),
          format_timestamp(entry.decided),
          cell(entry.list),
          cell(entry.request),
          cell(label_list(entry.cctlds)),
          cell(entry.author),
          cell((entry.observed ? "observe:" : "") + entry.verdict),
          cell(entry.ground),
          cell(entry.rule)};
}

void LedgerTable::widen(const Cells& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], columns(cells[i]));
}

std::string LedgerTable::line(const Cells& cells) const {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += padded(cells[i], widths_[i] + 2);
  text.resize(text.find_last_not_of(' ') + 1);
  return (width_ == 0 ? text : cut(text, width_)) + "\n";
}

std::string LedgerTable::lines(const std::vector<LedgerRow>& rows) {
  static const Cells kHead = {"ID",     "TIME",    "LIST",   "REQUEST", "CCTLDS",
                              "AUTHOR", "VERDICT", "GROUND", "RULE"};
  widen(kHead);
  std::vector<Cells> all;
  for (const LedgerRow& row : rows) {
    all.push_back(cells(row.entry));
    widen(all.back());
  }
  std::string text = begun_ ? "" : line(kHead);
  begun_ = true;
  for (const Cells& each : all) text += line(each);
  return text;
}

}  // namespace ccgate
