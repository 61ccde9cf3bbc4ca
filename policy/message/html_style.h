// policy/message/html_style.h: what a style sheet makes a reader see.
#pragma once

#include <string_view>

namespace ccgate {

/// True where it may show words or pictures of its own: `content`, `quotes`, a list mark in quotes,
/// `@counter-style`, `@import`, `data:`. Escapes are read; whatever is unclear shows some.
[[nodiscard]] bool style_may_show(std::string_view css);

}  // namespace ccgate
