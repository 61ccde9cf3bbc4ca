// milter/tool/members_table.h: members for a terminal, and for scripts.
#pragma once

#include <string>
#include <vector>

#include "milter/store/member_records.h"

namespace ccgate {

/// Aligned columns with a head, made harmless for a terminal.
[[nodiscard]] std::string members_table(const std::vector<Member>& members);
/// One object a line; times that are none are null.
[[nodiscard]] std::string members_json(const std::vector<Member>& members);

}  // namespace ccgate
