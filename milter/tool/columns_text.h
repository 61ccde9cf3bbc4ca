// milter/tool/columns_text.h: rows of cells -> lines of aligned columns.
#pragma once

#include <string>
#include <vector>

namespace ccgate {

/// Cells are made harmless for a terminal; an empty one is `-`. Each line begins with `indent`.
[[nodiscard]] std::string columns_text(const std::vector<std::vector<std::string>>& rows,
                                       const std::string& indent = "");

}  // namespace ccgate
