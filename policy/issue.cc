#include "policy/issue.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "policy/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestWord = 64;
// Wider than most terminals; a generated file may hold its whole content in one line.
constexpr std::size_t kShownCharacters = 200;
constexpr char32_t kReplacement = 0xfffd;

/// The code points of `text`; an octet that is not UTF-8 gives one replacement character.
std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 0 || !is_utf8(text.substr(i, length)) || i + length > text.size()) {
      out.push_back(kReplacement);
      ++i;
      continue;
    }
    char32_t point = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t k = 1; k < length; ++k)
      point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    out.push_back(point);
    i += length;
  }
  return out;
}

void append_utf8(std::string& out, char32_t point) {
  const auto octet = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (point < 0x80) {
    octet(point);
  } else if (point < 0x800) {
    octet(0xc0U | (point >> 6U));
    octet(0x80U | (point & 0x3fU));
  } else if (point < 0x10000) {
    octet(0xe0U | (point >> 12U));
    octet(0x80U | ((point >> 6U) & 0x3fU));
    octet(0x80U | (point & 0x3fU));
  } else {
    octet(0xf0U | (point >> 18U));
    octet(0x80U | ((point >> 12U) & 0x3fU));
    octet(0x80U | ((point >> 6U) & 0x3fU));
    octet(0x80U | (point & 0x3fU));
  }
}

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [point](const Range& r) { return r.first <= point && point <= r.last; });
}

/// Columns on a terminal, as good as a caret needs it.
std::size_t width(char32_t point) {
  static constexpr std::array<Range, 9> kCombining{{{0x300, 0x36f},
                                                    {0x483, 0x489},
                                                    {0x591, 0x5bd},
                                                    {0x610, 0x61a},
                                                    {0x64b, 0x65f},
                                                    {0x900, 0x902},
                                                    {0x200b, 0x200d},
                                                    {0x20d0, 0x20ff},
                                                    {0xfe00, 0xfe0f}}};
  static constexpr std::array<Range, 9> kWide{{{0x1100, 0x115f},
                                               {0x2e80, 0xa4cf},
                                               {0xac00, 0xd7a3},
                                               {0xf900, 0xfaff},
                                               {0xfe30, 0xfe6f},
                                               {0xff00, 0xff60},
                                               {0xffe0, 0xffe6},
                                               {0x1f300, 0x1f9ff},
                                               {0x20000, 0x3fffd}}};
  if (within(kCombining, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

/// Controls and direction marks could repaint the terminal or turn the line around: shown as U+FFFD.
char32_t harmless(char32_t point) {
  static constexpr std::array<Range, 6> kHidden{
      {{0x00, 0x1f}, {0x7f, 0x9f}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x2069}, {0xfeff, 0xfeff}}};
  return point != '\t' && within(kHidden, point) ? kReplacement : point;
}

std::string shown(std::string_view text) {
  std::string out;
  for (const char32_t point : decode(text)) append_utf8(out, harmless(point));
  return out;
}

/// The line with a caret below, both cut to the neighbourhood of the column.
std::string pointed_line(std::string_view line, std::size_t column) {
  const std::u32string points = decode(line);
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
      caret.append(width(points[i]), ' ');
  }
  if (last < points.size()) text += "...";
  return column == 0 ? text + "\n" : text + "\n" + caret + "^\n";
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
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
  if (!issue.line.empty()) text += pointed_line(issue.line, issue.at.column);
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
  return found.empty() ? "" : "did you mean `" + found + "`?";
}

}  // namespace ccgate
