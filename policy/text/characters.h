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

/// Punctuation and symbols, those of ASCII and those beyond it: dashes, arrows, bullets, quotes, emoji. For
/// cutting lines into words: what is neither a letter, digit nor accent of any script.
[[nodiscard]] bool is_symbol(char32_t code) noexcept;

/// Letters of scripts that are written without blanks between words, or with endings glued to foreign words:
/// Han, Kana, Hangul.
[[nodiscard]] constexpr bool is_east_asian_letter(char32_t code) noexcept {
  return (code >= 0x1100 && code <= 0x11FF) || (code >= 0x3005 && code <= 0x3007) ||
         (code >= 0x3031 && code <= 0x318F) || (code >= 0x31A0 && code <= 0x31BF) ||
         (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7A3) ||
         (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFF66 && code <= 0xFF9D) ||
         (code >= 0x20000 && code <= 0x3FFFF);
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
