// milter/tool/group_table.h: decisions counted by what they have in common.
#pragma once

#include <string>
#include <vector>

#include "milter/store/status_store.h"

namespace ccgate {

/// A row for each group, a column for each verdict that there is, and one for all. Days by time, the others
/// by their number.
[[nodiscard]] std::string group_table(const std::vector<GroupCount>& counts, LedgerGroup by);
/// One object a line.
[[nodiscard]] std::string group_json(const std::vector<GroupCount>& counts, LedgerGroup by);

}  // namespace ccgate
