// milter/store/spent.h: how much of each budget is used up. All functions throw SqlError.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "milter/store/decision_store.h"
#include "milter/store/sql.h"

namespace ccgate {

/// Uses one of each of `record.budgets`, but for those of questions `left_out`. False, and nothing used: one
/// would be beyond its bound in the time before the decision. Their locks (`budget KEY`) are taken. Two looks
/// into an index for each, however much was used.
[[nodiscard]] bool spend(SqlConnection& connection, const DecisionRecord& record,
                         const std::set<std::string>& left_out);

/// Forgets what is out of every budget's time at `now`.
void forget_spent(SqlConnection& connection, std::int64_t now);

}  // namespace ccgate
