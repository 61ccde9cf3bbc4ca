// policy/text/utf8.h: UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, at most U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// What stands for an octet that is no UTF-8.
constexpr char32_t kReplacementCharacter = 0xFFFD;

/// The code point at `pos`, which moves behind it; nullopt at an octet that is no UTF-8, which counts alone.
[[nodiscard]] std::optional<char32_t> read_code_point(std::string_view text, std::size_t& pos) noexcept;

/// For looking at text that may be no UTF-8: overlong forms and surrogates are read as what some program may
/// take them for, and every other octet that is no UTF-8 as U+FFFD.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& pos) noexcept;

[[nodiscard]] std::u32string code_points(std::string_view text);

/// U+FFFD in place of what is no code point.
void append_utf8(std::string& out, char32_t code);

/// False for an octet that goes on with what one before it began.
[[nodiscard]] constexpr bool begins_code_point(char octet) noexcept {
  return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U;
}

}  // namespace ccgate
