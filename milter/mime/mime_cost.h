// milter/mime/mime_cost.h: what a MIME structure would cost a parser, told from its lines alone.
#pragma once

#include <cstddef>
#include <string_view>

namespace ccgate {

/// True when parsing `body` stays cheap: few Content-Type lines (they bound how deep parts nest, since a
/// parser descends by recursion), few lines that could be boundaries, few lines that could be header
/// fields (each of these costs an allocation). One pass, no allocation.
[[nodiscard]] bool is_cheap_mime(std::string_view body, std::size_t max_parts) noexcept;

}  // namespace ccgate
