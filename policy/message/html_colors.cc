#include "policy/message/html_colors.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

struct NamedColor {
  std::string_view name;
  HtmlColor color;
};
constexpr auto kNamedColors = std::to_array<NamedColor>({
    {"white", {255, 255, 255}},
    {"snow", {255, 250, 250}},
    {"ivory", {255, 255, 240}},
    {"floralwhite", {255, 250, 240}},
    {"ghostwhite", {248, 248, 255}},
    {"whitesmoke", {245, 245, 245}},
    {"mintcream", {245, 255, 250}},
    {"azure", {240, 255, 255}},
    {"aliceblue", {240, 248, 255}},
    {"seashell", {255, 245, 238}},
    {"honeydew", {240, 255, 240}},
    {"lightyellow", {255, 255, 224}},
    {"black", {0, 0, 0}},
});

std::string plain(std::string_view value) {
  std::string text = ascii_lower(value.substr(0, 100));
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; });
  return text.substr(0, text.find('!'));
}

bool is_transparent(const std::string& plain) {
  if (plain == "transparent") return true;
  const auto last = plain.rfind(',');
  const bool alpha = plain.starts_with("rgba(") && last != std::string::npos;
  return alpha && (plain.substr(last).starts_with(",0)") || plain.substr(last).starts_with(",0.0"));
}

bool are_near(const HtmlColor& a, const HtmlColor& b) {
  constexpr int kNear = 32;
  return std::abs(a[0] - b[0]) <= kNear && std::abs(a[1] - b[1]) <= kNear && std::abs(a[2] - b[2]) <= kNear;
}

}  // namespace

std::optional<HtmlColor> html_color(std::string_view value) {
  std::string text = plain(value);
  if (text.starts_with("rgb")) {
    HtmlColor color{};
    std::size_t at = text.find('(');
    for (int& part : color) {
      if (at == std::string::npos || at + 1 >= text.size() || !is_digit(text[at + 1])) return std::nullopt;
      part = std::min(std::atoi(text.c_str() + at + 1), 255);
      at = text.find(',', at + 1);
    }
    return color;
  }
  const auto named = std::ranges::find(kNamedColors, text, &NamedColor::name);
  if (named != kNamedColors.end()) return named->color;
  if (text.starts_with('#')) text.erase(0, 1);
  if (!std::ranges::all_of(text, is_hex_digit)) return std::nullopt;
  const std::size_t digits = text.size() == 3 || text.size() == 4 ? 1 : 2;
  if (text.size() != 3 * digits && text.size() != 4 * digits) return std::nullopt;
  HtmlColor color{};
  for (std::size_t i = 0; i < color.size(); ++i) {
    const int high = hex_value(text[i * digits]);
    color[i] = high * 16 + hex_value(text[i * digits + digits - 1]);
  }
  return color;
}

void HtmlColors::note(std::string_view text, std::string_view background) {
  constexpr std::size_t kMost = 64;
  const auto front = html_color(text);
  const auto behind = html_color(background);
  hide_ |= is_transparent(plain(text));
  if (front && behind) {
    hide_ |= are_near(*front, *behind);
  } else if (front && texts_.size() < kMost) {
    texts_.insert(*front);
  } else if (behind && backgrounds_.size() < kMost) {
    backgrounds_.insert(*behind);
  }
}

bool HtmlColors::hide() const {
  return hide_ || std::ranges::any_of(texts_, [&](const HtmlColor& text) {
           return std::ranges::any_of(backgrounds_,
                                      [&](const HtmlColor& behind) { return are_near(text, behind); });
         });
}

}  // namespace ccgate
