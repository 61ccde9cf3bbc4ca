#include "policy/text/utf8.h"

namespace ccgate {

namespace {

/// What lead octet and continuations make up, whether Unicode has it or not; nullopt behind an octet that
/// begins nothing.
std::optional<char32_t> decode(std::string_view text, std::size_t& pos) noexcept {
  const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = octet(pos++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || text.size() - pos < more) return std::nullopt;
  char32_t code = first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if (begins_code_point(text[pos + i])) return std::nullopt;
    code = code << 6 | (octet(pos + i) & 0x3FU);
  }
  pos += more;
  return code;
}

}  // namespace

std::optional<char32_t> read_code_point(std::string_view text, std::size_t& pos) noexcept {
  const std::size_t start = pos;
  const auto code = decode(text, pos);
  const std::size_t size = pos - start;
  const char32_t least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0;
  if (code && *code >= least && *code <= 0x10FFFF && (*code < 0xD800 || *code > 0xDFFF)) return code;
  pos = start + 1;
  return std::nullopt;
}

char32_t next_code_point(std::string_view text, std::size_t& pos) noexcept {
  return decode(text, pos).value_or(kReplacementCharacter);
}

bool is_utf8(std::string_view text) noexcept {
  for (std::size_t pos = 0; pos < text.size();) {
    if (static_cast<unsigned char>(text[pos]) < 0x80)
      ++pos;
    else if (!read_code_point(text, pos))
      return false;
  }
  return true;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t pos = 0; pos < text.size();) out.push_back(next_code_point(text, pos));
  return out;
}

void append_utf8(std::string& out, char32_t code) {
  const auto put = [&](char32_t octet) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(octet)));
  };
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacementCharacter;
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace ccgate
