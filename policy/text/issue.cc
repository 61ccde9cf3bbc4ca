#include "policy/text/issue.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "policy/text/terminal_text.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestWord = 64;
// Wider than most terminals; a generated file may hold its whole content in one line.
constexpr std::size_t kShownCharacters = 200;

/// The line with a caret below, both cut to the neighbourhood of the column, which counts from 1 in `line`.
std::string pointed_line(std::string_view line, std::size_t column) {
  const std::u32string points = code_points(line);
  const std::size_t before = column == 0 ? 0 : std::min(column - 1, points.size());
  std::size_t first = 0;
  if (points.size() > kShownCharacters && before > kShownCharacters / 2)
    first = before - kShownCharacters / 2;
  const std::size_t last = std::min(points.size(), first + kShownCharacters);
  std::string text = first > 0 ? "..." : "";
  std::string caret(text.size(), ' ');
  for (std::size_t i = first; i < last; ++i) {
    append_utf8(text, harmless(points[i]));
    if (i >= before) continue;
    if (points[i] == '\t')
      caret += '\t';
    else
      caret.append(columns(points[i]), ' ');
  }
  if (last < points.size()) text += "...";
  return column == 0 ? text + "\n" : text + "\n" + caret + "^\n";
}

std::size_t column_in(const Issue& issue) {
  return issue.at.column < issue.line_column ? issue.at.column : issue.at.column - issue.line_column + 1;
}

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_up, up, row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_up = std::move(up);
    up = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t differs = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({up[j] + 1, row[j - 1] + 1, up[j - 1] + differs});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_up[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

bool has_errors(const Issues& issues) noexcept {
  return std::any_of(issues.begin(), issues.end(),
                     [](const Issue& issue) { return issue.severity == Severity::error; });
}

void sort_by_place(Issues& issues, std::size_t first) {
  const auto begin = issues.begin() + static_cast<std::ptrdiff_t>(std::min(first, issues.size()));
  std::stable_sort(begin, issues.end(), [](const Issue& a, const Issue& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
}

std::string render(const Issue& issue) {
  std::string text = shown(issue.file);
  if (issue.at.line != 0) {
    text += ":" + std::to_string(issue.at.line);
    if (issue.at.column != 0) text += ":" + std::to_string(issue.at.column);
  }
  text += text.empty() ? "" : ": ";
  text += to_string(issue.severity);
  text += ": " + shown(issue.what) + "\n";
  if (!issue.line.empty()) text += pointed_line(issue.line, column_in(issue));
  if (!issue.help.empty()) text += "help: " + shown(issue.help) + "\n";
  return text;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestWord) return "";
  const std::string folded = ascii_lower(word);
  std::size_t best = word.size() / 3 + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(folded, ascii_lower(candidate));
    if (distance >= best) continue;
    best = distance;
    found = candidate;
  }
  return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string found = nearest(word, candidates);
  return found.empty() ? "" : fmt::format("did you mean `{}`?", found);
}

}  // namespace ccgate
