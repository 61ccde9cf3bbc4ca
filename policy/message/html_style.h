// policy/message/html_style.h: what a style sheet makes a reader see.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// True where it may show words or pictures of its own: `content`, `quotes`, a list mark in quotes,
/// `@counter-style`, `@import`, `data:`. Escapes are read; whatever is unclear shows some.
[[nodiscard]] bool style_may_show(std::string_view css);

/// True where it loads a picture: `url(` that leads out of the text.
[[nodiscard]] bool style_shows_pictures(std::string_view css);

/// True where it may hide words, or strike them out: `display: none`, `visibility`, `line-through`, letters
/// of no size, boxes of none, words moved out of sight. Colours aside (html_colors.h).
[[nodiscard]] bool style_may_hide(std::string_view css);

/// The value of a property, up to `;`; empty where it is not set.
[[nodiscard]] std::string style_value(std::string_view css, std::string_view property);

/// True where a quotation in this style looks like one: it has a bar at its left, or the style changes
/// nothing of its shape.
[[nodiscard]] bool style_shows_quotation(std::string_view css);

}  // namespace ccgate
