#include "policy/prose/look_alike.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

/// Base letters of the code points from `first` on, `*` for those that have none.
struct Letters {
  char32_t first;
  std::string_view letters;
};
constexpr auto kLetters = std::to_array<Letters>({
    {0x180,
     "********************************oo*************uu****************************aaiioouuuuu"
     "uuuuu*aaaa****ggkkoooo**j***gg**nnaa****aaaaeeeeiiiioooorrrruuuusstt**hh******aaeeoooooo"
     "ooyy****************************"},
    {0x2B0, "h*jr***wy"},
    {0x1D2C, "a*b*de*ghijklmn*o*prtuwa***bde***g*km*o***ptu**v******iruv*****"},
    {0x1E00,
     "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppp"
     "rrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy*s****aaaaaaaaaaaaaaaa"
     "aaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******"},
    {0x2071, "i*************n****************aeox*hklmnpst"},
    {0x2102, "c*******ghhhh*iill*n***pqrrr******z***z*kabc*eef*mo****i***********ddeij"},
    {0x2160, "i***v****x**lcdmi***v****x**lcdm"},
});

/// Alphabets that stand there in a row.
struct Alphabets {
  char32_t first;
  char32_t last;
};
constexpr auto kAlphabets = std::to_array<Alphabets>({
    {0x249C, 0x24E9},    // in parentheses, in circles
    {0x1D400, 0x1D6A3},  // mathematical
    {0x1F110, 0x1F129},  // in parentheses
    {0x1F130, 0x1F149},  // in squares
    {0x1F150, 0x1F169},  // in black circles
    {0x1F170, 0x1F189},  // in black squares
});

char32_t plain_letter(char32_t code) noexcept {
  for (const auto& [first, letters] : kLetters) {
    if (code < first || code - first >= letters.size()) continue;
    const char letter = letters[code - first];
    return letter == '*' ? code : static_cast<char32_t>(letter);
  }
  for (const auto& [first, last] : kAlphabets) {
    if (code >= first && code <= last) return U'a' + (code - first) % 26;
  }
  return code;
}

}  // namespace

std::string look_alikes_as_ascii(std::string_view text) {
  const std::string folded = fold_letters(text);
  std::string out;
  out.reserve(folded.size());
  for (std::size_t pos = 0; pos < folded.size();)
    append_utf8(out, plain_letter(next_code_point(folded, pos)));
  return out;
}

}  // namespace ccgate
