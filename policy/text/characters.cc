#include "policy/text/characters.h"

#include <algorithm>
#include <array>

namespace ccgate {
namespace {

struct Range {
  char32_t first, last;
  bool direction = false;
};

constexpr auto kInvisible = std::to_array<Range>({
    {0xAD, 0xAD},
    {0x34F, 0x34F},
    {0x61C, 0x61C, true},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200D},
    {0x200E, 0x200F, true},
    {0x202A, 0x202E, true},
    {0x2060, 0x206F, true},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF, true},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
});

const Range* find(char32_t code) noexcept {
  if (code < kInvisible.front().first) return nullptr;
  const auto* const found = std::find_if(kInvisible.begin(), kInvisible.end(),
                                         [code](const Range& range) { return code <= range.last; });
  return found != kInvisible.end() && code >= found->first ? found : nullptr;
}

}  // namespace

bool is_invisible(char32_t code) noexcept {
  return find(code) != nullptr;
}

bool is_direction_mark(char32_t code) noexcept {
  const Range* found = find(code);
  return found != nullptr && found->direction;
}

}  // namespace ccgate
