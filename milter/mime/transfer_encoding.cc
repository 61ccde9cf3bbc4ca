// milter/mime/transfer_encoding.cc: the strict forms.
#include "milter/mime/transfer_encoding.h"

#include <algorithm>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

bool is_base64(char c) noexcept {
  return is_letter_or_digit(c) || c == '+' || c == '/';
}

}  // namespace

std::optional<TransferEncoding> parse_transfer_encoding(std::string_view field_body) {
  const std::string_view word = trim(field_body);
  for (const std::string_view identity : {"7bit", "8bit", "binary"}) {
    if (ascii_iequal(word, identity)) return TransferEncoding::identity;
  }
  if (ascii_iequal(word, "base64")) return TransferEncoding::base64;
  if (ascii_iequal(word, "quoted-printable")) return TransferEncoding::quoted_printable;
  return std::nullopt;
}

bool is_plain_base64(std::string_view text) noexcept {
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=') {
      ++padding;
    } else if (padding > 0 || !is_base64(c)) {
      return false;
    } else {
      ++digits;
    }
  }
  return padding <= 2 && (digits + padding) % 4 == 0;
}

bool is_plain_quoted_printable(std::string_view text) noexcept {
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (rest.size() >= 2 && is_hex_digit(rest[0]) && is_hex_digit(rest[1])) continue;
    if (!rest.empty() && rest != "\r" && rest[0] != '\n' && !rest.starts_with("\r\n")) return false;
  }
  return true;
}

std::string decode_base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned bits = 0;
  int have = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xFFFF;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out += text[at];
    } else if (text.size() - at > 2 && is_hex_digit(text[at + 1]) && is_hex_digit(text[at + 2])) {
      out += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
      at += 2;
    } else {
      at = std::min(text.find('\n', at), text.size());  // the line goes on in the next one
    }
  }
  return out;
}

}  // namespace ccgate
