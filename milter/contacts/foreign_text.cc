#include "milter/contacts/foreign_text.h"

#include <cstddef>

namespace ccgate {
namespace {

constexpr std::size_t kShown = 60;

/// Octets of the blank or control that begins at `at`; 0: there is none.
std::size_t blank_at(std::string_view text, std::size_t at) {
  const auto octet = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0xffU;
  };
  if (octet(at) <= 0x20 || octet(at) == 0x7f) return 1;
  if (octet(at) == 0xc2 && octet(at + 1) >= 0x80 && octet(at + 1) <= 0x9f) return 2;
  if (octet(at) == 0xe2 && octet(at + 1) == 0x80 && (octet(at + 2) == 0xa8 || octet(at + 2) == 0xa9))
    return 3;
  return 0;
}

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
  return out + "`";
}

std::string one_line(std::string_view utf8) {
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < utf8.size();) {
    if (const std::size_t size = blank_at(utf8, at); size != 0) {
      blank = !out.empty();
      at += size;
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += utf8[at++];
  }
  return out;
}

}  // namespace ccgate
