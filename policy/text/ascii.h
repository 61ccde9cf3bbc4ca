// policy/text/ascii.h: octets as ASCII has them, without locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace ccgate {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_small_letter(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return is_small_letter(c) || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_letter_or_digit(char c) noexcept {
  return is_letter(c) || is_digit(c);
}
/// The value of a hexadecimal digit of either letter case; -1 for what is none.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
[[nodiscard]] constexpr bool is_hex_digit(char c) noexcept {
  return hex_value(c) >= 0;
}
/// Signs, letters and digits: what leaves a mark.
[[nodiscard]] constexpr bool is_visible_ascii(char c) noexcept {
  return c > ' ' && c <= '~';
}
/// Those and the space.
[[nodiscard]] constexpr bool is_printable_ascii(char c) noexcept {
  return c >= ' ' && c <= '~';
}
[[nodiscard]] constexpr bool is_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80;
}

/// All of it: true of the empty text.
[[nodiscard]] constexpr bool is_printable_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_printable_ascii(c); });
}
[[nodiscard]] constexpr bool is_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_ascii(c); });
}

}  // namespace ccgate
