// policy/text/characters.h: which characters of Unicode are controls, blanks, ends of lines, or seen by
// nobody.
#pragma once

namespace ccgate {

/// C0, DEL and C1; tabs and line ends are among them.
[[nodiscard]] constexpr bool is_control(char32_t code) noexcept {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

/// Every line end that some list manager splits at: LF, VT, FF, CR, the ASCII separators, NEL, LS, PS.
[[nodiscard]] constexpr bool is_line_end(char32_t code) noexcept {
  return (code >= 0x0A && code <= 0x0D) || (code >= 0x1C && code <= 0x1E) || code == 0x85 || code == 0x2028 ||
         code == 0x2029;
}

/// Line ends too.
[[nodiscard]] constexpr bool is_blank(char32_t code) noexcept {
  return code == ' ' || code == '\t' || code == 0x1F || is_line_end(code) || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

/// Nothing that a reader sees: direction marks, zero-width characters, soft hyphens, fillers, variation
/// selectors, tags (Default_Ignorable_Code_Point, UAX 44).
[[nodiscard]] bool is_invisible(char32_t code) noexcept;

/// Those of them that turn the direction of writing, with the word joiners and byte order marks that stand
/// among them.
[[nodiscard]] bool is_direction_mark(char32_t code) noexcept;

/// Those of them that many programs show as a gap: letters around one are two words.
[[nodiscard]] constexpr bool is_filler(char32_t code) noexcept {
  return code == 0x115F || code == 0x1160 || code == 0x180E || code == 0x3164 || code == 0xFFA0;
}

/// Those of them that words of Indic and Persian scripts are written with.
[[nodiscard]] constexpr bool is_joiner(char32_t code) noexcept {
  return code == 0x200C || code == 0x200D;
}

}  // namespace ccgate
