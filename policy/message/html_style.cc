#include "policy/message/html_style.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// Comments left out, escapes of ASCII decoded (CSS Syntax 4.3.7), in lower case.
std::string plain_css(std::string_view css) {
  std::string out;
  for (std::size_t pos = 0; pos < css.size();) {
    if (css.substr(pos, 2) == "/*") {
      const auto end = css.find("*/", pos + 2);
      pos = end == std::string_view::npos ? css.size() : end + 2;
      continue;
    }
    if (css[pos] != '\\') {
      out += css[pos++];
      continue;
    }
    ++pos;
    constexpr std::size_t kMostDigits = 6;
    std::size_t digits = 0;
    unsigned code = 0;
    for (; digits < kMostDigits && pos < css.size() && is_hex_digit(css[pos]); ++pos, ++digits)
      code = code * 16 + static_cast<unsigned>(hex_value(css[pos]));
    if (digits == 0) continue;
    if (pos < css.size() && (css[pos] == ' ' || css[pos] == '\n' || css[pos] == '\t')) ++pos;
    out += code > 0 && code < 0x80 ? static_cast<char>(code) : '?';
  }
  return ascii_lower(out);
}

bool is_property(std::string_view css, std::size_t at, std::size_t size) noexcept {
  if (at > 0 && (is_letter_or_digit(css[at - 1]) || css[at - 1] == '-')) return false;
  const auto behind = css.find_first_not_of(" \t\r\n\f", at + size);
  return behind != std::string_view::npos && css[behind] == ':';
}

bool has_quoted_mark(std::string_view css, std::size_t at) noexcept {
  const auto end = css.find_first_of(";}\"'", at);
  return end != std::string_view::npos && (css[end] == '"' || css[end] == '\'');
}

/// Calls `take` with each value of `property`, blanks removed, until it is true.
template <typename Take>
bool any_value(const std::string& plain, std::string_view property, Take take) {
  for (auto at = plain.find(property); at != std::string::npos; at = plain.find(property, at + 1)) {
    if (!is_property(plain, at, property.size())) continue;
    const std::size_t begin = plain.find(':', at) + 1;
    std::string value =
        plain.substr(begin, std::min(plain.find_first_of(";}", begin) - begin, std::size_t{100}));
    std::erase_if(value, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; });
    if (take(value)) return true;
  }
  return false;
}

/// `0`, `0px`, `1px`, `.1em`: too small to be read.
bool is_tiny_size(const std::string& value) {
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (end == value.c_str()) return false;
  const std::string_view unit = std::string_view(value).substr(static_cast<std::size_t>(end - value.c_str()));
  if (number <= 0) return true;
  if (unit.starts_with("px") || unit.starts_with("pt")) return number < 5;
  if (unit.starts_with("em") || unit.starts_with("rem") || unit.starts_with("ex")) return number < 0.4;
  return unit.starts_with('%') ? number < 40 : unit.empty() || number < 0.1;
}

bool is_nothing(const std::string& value) {
  char* end = nullptr;
  return std::strtod(value.c_str(), &end) < 0.3 && end != value.c_str();
}

bool is_negative(const std::string& value) {
  return value.starts_with('-');
}

}  // namespace

bool style_may_hide(std::string_view css) {
  const std::string plain = plain_css(css);
  for (const std::string_view mark :
       {"line-through", "mso-hide", "text-fill-color", "content-visibility", "clip"})
    if (plain.find(mark) != std::string::npos) return true;
  const auto is_set = [](const std::string& value) { return !value.empty() && value != "none"; };
  const bool box = any_value(plain, "overflow", [](const std::string& v) { return v.starts_with("hidden"); });
  return any_value(plain, "display", [](const std::string& v) { return v.starts_with("none"); }) ||
         any_value(plain, "visibility", [](const std::string& v) { return !v.starts_with("visible"); }) ||
         any_value(plain, "opacity", is_nothing) || any_value(plain, "zoom", is_nothing) ||
         any_value(plain, "font-size", is_tiny_size) ||
         any_value(plain, "font",
                   [](const std::string& v) { return v.starts_with('0') || v.starts_with("1px"); }) ||
         any_value(plain, "text-indent", is_negative) || any_value(plain, "left", is_negative) ||
         any_value(plain, "top", is_negative) || any_value(plain, "right", is_negative) ||
         any_value(plain, "transform", is_set) || any_value(plain, "filter", is_set) ||
         any_value(plain, "mask", is_set) || any_value(plain, "scale", is_set) ||
         (box && (any_value(plain, "height", is_tiny_size) || any_value(plain, "max-height", is_tiny_size) ||
                  any_value(plain, "width", is_tiny_size) || any_value(plain, "max-width", is_tiny_size)));
}

bool style_shows_pictures(std::string_view css) {
  const std::string plain = plain_css(css);
  if (plain.find("image-set") != std::string::npos) return true;
  for (auto at = plain.find("url("); at != std::string::npos; at = plain.find("url(", at + 1)) {
    const auto link = plain.find_first_not_of(" \t\r\n\f\"'", at + 4);
    if (link == std::string::npos || plain[link] != '#') return true;
  }
  return false;
}

std::string style_value(std::string_view css, std::string_view property) {
  std::string found;
  any_value(plain_css(css), property, [&](const std::string& value) {
    found = value;
    return false;
  });
  return found;
}

bool style_shows_quotation(std::string_view css) {
  const std::string plain = plain_css(css);
  const std::string bar = style_value(css, "border-left");
  if (!bar.empty()) return !bar.starts_with('0') && !bar.starts_with("none");
  constexpr auto kShapes = std::to_array<std::string_view>(
      {"margin", "margin-left", "border", "border-width", "border-style", "border-color", "padding",
       "padding-left", "display", "position", "all", "inset", "float"});
  return std::ranges::none_of(kShapes, [&](std::string_view property) {
    return any_value(plain, property, [](const std::string&) { return true; });
  });
}

bool style_may_show(std::string_view css) {
  const std::string plain = plain_css(css);
  for (const std::string_view mark : {"data:", "@import", "@counter-style"})
    if (plain.find(mark) != std::string::npos) return true;
  for (const std::string_view name : {"content", "quotes"}) {
    for (auto at = plain.find(name); at != std::string::npos; at = plain.find(name, at + 1))
      if (is_property(plain, at, name.size())) return true;
  }
  // The value ends at the next `;`, so that each character is looked at once.
  for (auto at = plain.find("list-style"); at != std::string::npos;) {
    if (has_quoted_mark(plain, at)) return true;
    at = plain.find("list-style", std::min(plain.find_first_of(";}", at), plain.size()));
  }
  return false;
}

}  // namespace ccgate
