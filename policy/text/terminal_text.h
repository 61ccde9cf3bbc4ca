// policy/text/terminal_text.h: text from outside as a terminal may see it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ccgate {

/// Controls and direction marks could repaint the terminal or turn the line around: U+FFFD in their place.
/// Tabs stay.
[[nodiscard]] char32_t harmless(char32_t point) noexcept;
[[nodiscard]] std::string shown(std::string_view text);

/// Columns on a terminal, as good as a caret or a table needs it.
[[nodiscard]] std::size_t columns(char32_t point) noexcept;
[[nodiscard]] std::size_t columns(std::string_view text);

}  // namespace ccgate
