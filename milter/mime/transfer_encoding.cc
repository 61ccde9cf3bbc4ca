// milter/mime/transfer_encoding.cc: the strict forms.
#include "milter/mime/transfer_encoding.h"

#include "policy/text.h"

namespace ccgate {
namespace {

bool is_hex(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_base64(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '/';
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
    if (rest.size() >= 2 && is_hex(rest[0]) && is_hex(rest[1])) continue;
    const auto end = rest.find_first_not_of(" \t");
    if (end == std::string_view::npos || rest[end] == '\n') continue;
    if (rest[end] == '\r' && (end + 1 == rest.size() || rest[end + 1] == '\n')) continue;
    return false;
  }
  return true;
}

}  // namespace ccgate
