#include "policy/text/text_lines.h"

#include <algorithm>
#include <optional>

#include "policy/text/characters.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

struct TextFault {
  std::size_t at = 0;
  const char* what = "";
  const char* help = "";
};

/// The first octet that is no UTF-8, else the first control character but tabs and line ends.
std::optional<TextFault> first_fault(std::string_view text) {
  std::optional<TextFault> control;
  for (std::size_t next = 0; next < text.size();) {
    const std::size_t at = next;
    const auto code = read_code_point(text, next);
    if (!code) return TextFault{at, "this is not UTF-8", "save the file as UTF-8"};
    if (control || !is_control(*code) || *code == '\t' || *code == '\n') continue;
    if (*code != '\r')
      control = {at, "a control character", "remove it"};
    else if (next == text.size() || text[next] != '\n')
      control = {at, "a carriage return without a line feed", "remove it"};
  }
  return control;
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
  last_.points += characters(before.substr(last_.octets));
  last_.octets = before.size();
  return {line + 1, last_.points + 1};
}

TextLines::Part TextLines::around(Position place) const noexcept {
  constexpr std::size_t kLongLine = 4096;
  constexpr std::size_t kNear = 1024;
  const std::string_view whole = line(place.line);
  if (whole.size() <= kLongLine) return {whole, 1};
  const std::size_t wanted = place.column == 0 ? 0 : place.column - 1;  // characters before the place
  if (last_.line != place.line - 1 || last_.points > wanted) last_ = {place.line - 1, 0, 0};
  std::size_t at = last_.octets;
  for (std::size_t points = last_.points; at < whole.size(); ++at)
    if (begins_code_point(whole[at]) && points++ == wanted) break;
  last_.octets = at;
  last_.points = at < whole.size() ? wanted : characters(whole);
  std::size_t first = at < kNear ? 0 : at - kNear;
  while (first > 0 && !begins_code_point(whole[first])) --first;
  std::size_t last = std::min(at + kNear, whole.size());
  while (last < whole.size() && !begins_code_point(whole[last])) ++last;
  const std::size_t before = characters(whole.substr(first, at - first));
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
  if (const auto fault = first_fault(text)) return refuse_at(fault->at, fault->what, fault->help);
  return true;
}

}  // namespace ccgate
