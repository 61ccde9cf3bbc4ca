#include "milter/iana/foreign_text.h"

#include <cstddef>

#include "policy/text/characters.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kShown = 60;

}  // namespace

std::string quoted_ascii(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "`";
  for (const char c : text.substr(0, kShown)) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet < 0x7f && c != '`' && c != '\\') {
      out += c;
      continue;
    }
    out += "\\x";
    out += kHex[octet >> 4U];
    out += kHex[octet & 0xfU];
  }
  if (text.size() > kShown) out += "...";
  out += '`';
  return out;
}

std::string one_line(std::string_view utf8) {
  std::string out;
  bool blank = false;
  for (std::size_t next = 0; next < utf8.size();) {
    const std::size_t at = next;
    const char32_t code = next_code_point(utf8, next);
    if (code == ' ' || is_control(code) || is_line_end(code)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += utf8.substr(at, next - at);
  }
  return out;
}

}  // namespace ccgate
