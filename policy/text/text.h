// policy/text/text.h: octets and letters, without locale.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// ASCII letters in lower case, all else as it is.
[[nodiscard]] std::string ascii_lower(std::string_view text);
/// ASCII case-insensitive equality.
[[nodiscard]] bool ascii_iequal(std::string_view a, std::string_view b) noexcept;
/// Blanks (space, tab, CR, LF) at both ends removed.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace ccgate
