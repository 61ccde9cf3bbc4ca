#include "policy/message/html_style.h"

#include <algorithm>
#include <array>
#include <string>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// Comments left out, escapes of ASCII decoded (CSS Syntax 4.3.7), in lower case.
std::string plain_css(std::string_view css) {
  std::string out;
  for (std::size_t pos = 0; pos < css.size();) {
    if (css.substr(pos, 2) == "/*") {
      const auto end = css.find("*/", pos + 2);
      pos = end == std::string_view::npos ? css.size() : end + 2;
      continue;
    }
    if (css[pos] != '\\') {
      out += css[pos++];
      continue;
    }
    ++pos;
    constexpr std::size_t kMostDigits = 6;
    std::size_t digits = 0;
    unsigned code = 0;
    for (; digits < kMostDigits && pos < css.size() && is_hex_digit(css[pos]); ++pos, ++digits)
      code = code * 16 + static_cast<unsigned>(hex_value(css[pos]));
    if (digits == 0) continue;
    if (pos < css.size() && (css[pos] == ' ' || css[pos] == '\n' || css[pos] == '\t')) ++pos;
    out += code > 0 && code < 0x80 ? static_cast<char>(code) : '?';
  }
  return ascii_lower(out);
}

bool is_property(std::string_view css, std::size_t at, std::size_t size) noexcept {
  if (at > 0 && (is_letter_or_digit(css[at - 1]) || css[at - 1] == '-')) return false;
  const auto behind = css.find_first_not_of(" \t\r\n\f", at + size);
  return behind != std::string_view::npos && css[behind] == ':';
}

bool has_quoted_mark(std::string_view css, std::size_t at) noexcept {
  const auto end = css.find_first_of(";}\"'", at);
  return end != std::string_view::npos && (css[end] == '"' || css[end] == '\'');
}

}  // namespace

bool style_may_show(std::string_view css) {
  const std::string plain = plain_css(css);
  for (const std::string_view mark : {"data:", "@import", "@counter-style"})
    if (plain.find(mark) != std::string::npos) return true;
  for (const std::string_view name : {"content", "quotes"}) {
    for (auto at = plain.find(name); at != std::string::npos; at = plain.find(name, at + 1))
      if (is_property(plain, at, name.size())) return true;
  }
  // The value ends at the next `;`, so that each character is looked at once.
  for (auto at = plain.find("list-style"); at != std::string::npos;) {
    if (has_quoted_mark(plain, at)) return true;
    at = plain.find("list-style", std::min(plain.find_first_of(";}", at), plain.size()));
  }
  return false;
}

}  // namespace ccgate
