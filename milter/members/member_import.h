// milter/members/member_import.h: members as somebody wrote them into a file. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/store/member_records.h"
#include "policy/text/issue.h"

namespace ccgate {

/// Whom to ask whether a label, lower case and an A-label, is a ccTLD that there is; empty: each may be.
using IsCcTld = std::function<bool(std::string_view)>;

/// The first line names the columns, in any order: `cctld,name,email,phone`, and `other_email` and `since`
/// where there is something to say. Nobody stands for whom it names: they began by `import`, and are
/// unchecked. Without `since`, they are members from `now` on.
///
/// nullopt when anything is wrong with any row; all of it is told.
[[nodiscard]] std::optional<std::vector<Member>> read_members_csv(std::string_view text,
                                                                  std::string_view file,
                                                                  const std::string& list, std::int64_t now,
                                                                  Issues& issues,
                                                                  const IsCcTld& is_cctld = {});

}  // namespace ccgate
