#include "policy/text_lines.h"

#include <algorithm>

#include "policy/text.h"

namespace ccgate {
namespace {

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// The first octet that starts no UTF-8 sequence; text.size() when there is none.
std::size_t first_bad_octet(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (!is_utf8(text.substr(i, length))) return i;
    i += length;
  }
  return text.size();
}

bool is_stray_control(std::string_view text, std::size_t i) {
  const auto octet = static_cast<unsigned char>(text[i]);
  if (octet >= 0x20 && octet < 0x7f) return false;
  if (octet == '\r') return i + 1 == text.size() || text[i + 1] != '\n';
  if (octet == 0xc2 && i + 1 < text.size()) {
    const auto next = static_cast<unsigned char>(text[i + 1]);  // C1 controls: U+0080 to U+009F
    return next >= 0x80 && next <= 0x9f;
  }
  return (octet < 0x20 && octet != '\t' && octet != '\n') || octet == 0x7f;
}

}  // namespace

TextLines::TextLines(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
    starts_.push_back(end + 1);
}

std::string_view TextLines::line(std::size_t number) const noexcept {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t start = starts_[number - 1];
  const std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
  std::string_view line = text_.substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t TextLines::index_of_line(std::size_t offset) const noexcept {
  // Who reads a text asks from its front to its end: nearly always for the last line again, or the next.
  for (std::size_t line = last_.line; line < last_.line + 2 && line < starts_.size(); ++line)
    if (starts_[line] <= offset && (line + 1 == starts_.size() || offset < starts_[line + 1])) return line;
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::size_t>(after - starts_.begin()) - 1;
}

Position TextLines::at(std::size_t offset) const noexcept {
  const std::size_t within = std::min(offset, text_.size());
  const std::size_t index = index_of_line(within);
  return at_octet(index, within - starts_[index]);
}

Position TextLines::at_octet(std::size_t line, std::size_t column) const noexcept {
  if (line >= starts_.size()) return {starts_.size(), 1};
  const std::string_view before = this->line(line + 1).substr(0, column);
  if (last_.line != line || last_.octets > before.size()) last_ = {line, 0, 0};
  last_.points += code_points(before.substr(last_.octets));
  last_.octets = before.size();
  return {line + 1, last_.points + 1};
}

TextLines::Part TextLines::around(Position place) const noexcept {
  constexpr std::size_t kLongLine = 4096;
  constexpr std::size_t kNear = 1024;
  const std::string_view whole = line(place.line);
  if (whole.size() <= kLongLine) return {whole, 1};
  // A character may have several octets: what starts none is stepped over.
  const auto starts_character = [&](std::size_t i) {
    return (static_cast<unsigned char>(whole[i]) & 0xc0U) != 0x80U;
  };
  const std::size_t wanted = place.column == 0 ? 0 : place.column - 1;  // characters before the place
  if (last_.line != place.line - 1 || last_.points > wanted) last_ = {place.line - 1, 0, 0};
  std::size_t at = last_.octets;
  for (std::size_t points = last_.points; at < whole.size(); ++at)
    if (starts_character(at) && points++ == wanted) break;
  last_.octets = at;
  last_.points = at < whole.size() ? wanted : code_points(whole);
  std::size_t first = at < kNear ? 0 : at - kNear;
  while (first > 0 && !starts_character(first)) --first;
  std::size_t last = std::min(at + kNear, whole.size());
  while (last < whole.size() && !starts_character(last)) ++last;
  const std::size_t before = code_points(whole.substr(first, at - first));
  return {whole.substr(first, last - first), place.column <= before ? 1 : place.column - before};
}

std::size_t TextLines::offset(std::size_t line, std::size_t column) const noexcept {
  if (line >= starts_.size()) return text_.size();
  return std::min(starts_[line] + column, text_.size());
}

bool check_text(std::string_view text, std::string_view file, std::size_t limit, Issues& issues) {
  if (text.size() > limit) {
    const std::string what = "the file is larger than " + std::to_string(limit) + " bytes";
    issues.push_back({Severity::error, std::string(file), {}, what, "split it", ""});
    return false;
  }
  const auto refuse_at = [&](std::size_t offset, std::string what, std::string help) {
    const TextLines lines(text);
    const Position at = lines.at(offset);
    const TextLines::Part part = lines.around(at);
    issues.push_back({Severity::error, std::string(file), at, std::move(what), std::move(help),
                      std::string(part.text), part.column});
    return false;
  };
  if (text.starts_with("\xef\xbb\xbf"))
    return refuse_at(0, "the file starts with a byte order mark", "save it as UTF-8 without one");
  if (const std::size_t bad = first_bad_octet(text); bad < text.size())
    return refuse_at(bad, "this is not UTF-8", "save the file as UTF-8");
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_stray_control(text, i))
      return refuse_at(i, text[i] == '\r' ? "a carriage return without a line feed" : "a control character",
                       "remove it");
  return true;
}

}  // namespace ccgate
