// policy/message/html_reference.h: character references of HTML.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// The character that the `&` at `pos` begins, and `pos` moves behind it: numeric references, and the names
/// that mail programs write. nullopt: it is a mere `&`, and `pos` stays.
[[nodiscard]] std::optional<char32_t> html_reference(std::string_view html, std::size_t& pos);

/// All of them decoded.
[[nodiscard]] std::string decode_html_references(std::string_view value);

}  // namespace ccgate
