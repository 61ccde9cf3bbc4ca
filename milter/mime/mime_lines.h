// milter/mime/mime_lines.h: lines of a multipart that MIME readers take differently.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// A CR without LF behind it: a line end to some readers, an octet to others.
[[nodiscard]] bool has_lone_cr(std::string_view body) noexcept;

/// RFC 2046 5.1.1: 1 to 70 of `bchars`, the last one no blank.
[[nodiscard]] bool is_plain_boundary(std::string_view boundary) noexcept;

/// True when behind each line that may be a delimiter with one of `boundaries` nothing but fields and their
/// continuations stand up to the empty line. Some readers end the header section at any other line, some
/// skip it, and some take `name :` for a field.
[[nodiscard]] bool part_headers_are_plain(std::string_view body, const std::vector<std::string>& boundaries);

}  // namespace ccgate
