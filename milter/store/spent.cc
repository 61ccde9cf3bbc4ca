#include "milter/store/spent.h"

#include <algorithm>
#include <map>

#include "milter/store/store_rows.h"

namespace ccgate {

namespace {

struct Use {
  std::int64_t most = 0;
  std::int64_t wanted = 0;
  std::int64_t last = 0;  // number of the newest row
};

std::int64_t first_number(const SqlRows& rows) {
  return rows.empty() ? 0 : rows.front().integer(0);
}

}  // namespace

bool spend(SqlConnection& connection, const DecisionRecord& record, const std::set<std::string>& left_out) {
  const std::int64_t now = bounded(record.entry.decided);
  std::map<std::string, Use> uses;
  for (const Budget& budget : record.budgets) {
    if (!budget.question.empty() && left_out.contains(budget.question)) continue;
    Use& use = uses.try_emplace(budget.key, Use{budget.most}).first->second;
    use.most = std::min(use.most, budget.most);
    ++use.wanted;
  }
  for (auto& [key, use] : uses) {
    use.last = first_number(
        connection.run("SELECT number FROM spent WHERE budget = ?1 ORDER BY number DESC LIMIT 1", {key}));
    // What was written down in the future was by a clock that was wrong.
    const std::int64_t oldest =
        first_number(connection.run("SELECT number FROM spent WHERE budget = ?1 AND at BETWEEN ?2 AND ?3"
                                    " ORDER BY at, number LIMIT 1",
                                    {key, now - kBudgetTime, now + kClockError}));
    const std::int64_t used = oldest == 0 ? 0 : use.last - oldest + 1;
    if (used + use.wanted > use.most) return false;
  }
  for (auto& [key, use] : uses)
    for (; use.wanted > 0; --use.wanted)
      connection.run("INSERT INTO spent (budget, number, at) VALUES (?1, ?2, ?3)", {key, ++use.last, now});
  return true;
}

void forget_spent(SqlConnection& connection, std::int64_t now) {
  connection.run("DELETE FROM spent WHERE at < ?1",
                 {std::max(now, INT64_MIN / 2) - kBudgetTime - kClockError});
}

}  // namespace ccgate
