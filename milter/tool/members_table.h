// milter/tool/members_table.h: members for a terminal, and for scripts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "milter/members/reviews.h"
#include "milter/site/config.h"
#include "milter/store/member_records.h"

namespace ccgate {

/// Of the lists whose contacts are asked; of all others nobody is `asked` or `overdue`.
struct ListReviews {
  ReviewTimes times;
  std::vector<Question> questions;
};
using ReviewsByList = std::map<std::string, ListReviews>;

/// Aligned columns with a head, made harmless for a terminal.
[[nodiscard]] std::string members_table(const std::vector<Member>& members, const ReviewsByList& reviews,
                                        std::int64_t now);
/// One object a line; times that are none are null.
[[nodiscard]] std::string members_json(const std::vector<Member>& members, const ReviewsByList& reviews,
                                       std::int64_t now);

}  // namespace ccgate
