#include "policy/yaml_text.h"

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
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1 && !is_utf8(text.substr(i, length))) return i;
    i += length;
  }
  return text.size();
}

bool is_stray_control(std::string_view text, std::size_t i) {
  const auto octet = static_cast<unsigned char>(text[i]);
  if (octet == '\r') return i + 1 == text.size() || text[i + 1] != '\n';
  if (octet == 0xc2 && i + 1 < text.size()) {
    const auto next = static_cast<unsigned char>(text[i + 1]);  // C1 controls: U+0080 to U+009F
    return next >= 0x80 && next <= 0x9f;
  }
  return (octet < 0x20 && octet != '\t' && octet != '\n') || octet == 0x7f;
}

}  // namespace

TextLines::TextLines(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') starts_.push_back(i + 1);
}

std::string_view TextLines::line(std::size_t number) const noexcept {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t start = starts_[number - 1];
  const std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
  std::string_view line = text_.substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Position TextLines::at(std::size_t offset) const noexcept {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), std::min(offset, text_.size()));
  const auto index = static_cast<std::size_t>(after - starts_.begin()) - 1;
  return at_octet(index, std::min(offset, text_.size()) - starts_[index]);
}

Position TextLines::at_octet(std::size_t line, std::size_t column) const noexcept {
  if (line >= starts_.size()) return {starts_.size(), 1};
  const std::string_view before = this->line(line + 1).substr(0, column);
  if (last_.line != line || last_.octets > before.size()) last_ = {line, 0, 0};
  last_.points += code_points(before.substr(last_.octets));
  last_.octets = before.size();
  return {line + 1, last_.points + 1};
}

std::size_t TextLines::offset(std::size_t line, std::size_t column) const noexcept {
  if (line >= starts_.size()) return text_.size();
  return std::min(starts_[line] + column, text_.size());
}

bool check_text(std::string_view text, std::string_view file, std::size_t limit, Issues& issues) {
  const auto refuse = [&](Position at, std::string what, std::string help, std::string_view line) {
    issues.push_back(
        {Severity::error, std::string(file), at, std::move(what), std::move(help), std::string(line)});
    return false;
  };
  if (text.size() > limit)
    return refuse({}, "the file is larger than " + std::to_string(limit) + " bytes", "split it", "");
  const TextLines lines(text);
  const auto refuse_at = [&](std::size_t offset, std::string what, std::string help) {
    const Position at = lines.at(offset);
    return refuse(at, std::move(what), std::move(help), lines.line(at.line));
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
