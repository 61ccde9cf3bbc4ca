// milter/mime/mime_cost.h: what a MIME structure would cost a parser, told from its lines alone.
#pragma once

#include <cstddef>
#include <string_view>

namespace ccgate {

/// True when parsing `body` stays cheap for the list manager too, whose reader may descend by recursion and
/// into attached messages: few Content-Type lines, few lines that could be boundaries, few lines that could
/// be header fields. One pass, no allocation.
[[nodiscard]] bool is_cheap_mime(std::string_view body, std::size_t max_parts) noexcept;

}  // namespace ccgate
