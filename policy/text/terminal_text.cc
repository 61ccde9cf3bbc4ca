#include "policy/text/terminal_text.h"

#include <algorithm>
#include <array>

#include "policy/text/characters.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

struct CodeRange {
  char32_t first, last;
};

template <std::size_t N>
bool within(const std::array<CodeRange, N>& ranges, char32_t point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [point](const CodeRange& r) { return r.first <= point && point <= r.last; });
}

}  // namespace

char32_t harmless(char32_t point) noexcept {
  const bool acted_upon = is_control(point) || is_line_end(point) || is_direction_mark(point);
  return acted_upon && point != '\t' ? kReplacementCharacter : point;
}

std::string shown(std::string_view text) {
  std::string out;
  for (const char32_t point : code_points(text)) append_utf8(out, harmless(point));
  return out;
}

std::size_t columns(char32_t point) noexcept {
  static constexpr std::array<CodeRange, 9> kCombining{{{0x300, 0x36f},
                                                        {0x483, 0x489},
                                                        {0x591, 0x5bd},
                                                        {0x610, 0x61a},
                                                        {0x64b, 0x65f},
                                                        {0x900, 0x902},
                                                        {0x200b, 0x200d},
                                                        {0x20d0, 0x20ff},
                                                        {0xfe00, 0xfe0f}}};
  static constexpr std::array<CodeRange, 9> kWide{{{0x1100, 0x115f},
                                                   {0x2e80, 0xa4cf},
                                                   {0xac00, 0xd7a3},
                                                   {0xf900, 0xfaff},
                                                   {0xfe30, 0xfe6f},
                                                   {0xff00, 0xff60},
                                                   {0xffe0, 0xffe6},
                                                   {0x1f300, 0x1f9ff},
                                                   {0x20000, 0x3fffd}}};
  if (within(kCombining, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  for (const char32_t point : code_points(text)) sum += columns(point);
  return sum;
}

}  // namespace ccgate
