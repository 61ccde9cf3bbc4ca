// milter/mime/mime_lines.h: lines of a multipart that MIME readers take differently.
#pragma once

#include <string_view>

namespace ccgate {

/// A CR without LF behind it: a line end to some readers, an octet to others.
[[nodiscard]] bool has_lone_cr(std::string_view body) noexcept;

/// RFC 2046 5.1.1: 1 to 70 of `bchars`, the last one no blank.
[[nodiscard]] bool is_plain_boundary(std::string_view boundary) noexcept;

/// The first line of a field in the header section of a part: a name of printable ASCII and a colon right
/// behind it. Some readers end the header section at any other line, some skip it, and some take `name :`
/// for a field.
[[nodiscard]] bool is_field_line(std::string_view line) noexcept;

}  // namespace ccgate
