#include <algorithm>

#include "milter/store/store_rows.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

/// Conditions, each with a parameter.
class Where {
 public:
  /// `condition` is followed by a parameter, and that by `behind`.
  void add(std::string_view condition, SqlValue value, std::string_view behind = "") {
    values_.push_back(value);
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += condition;
    text_ += '?' + std::to_string(values_.size());
    text_ += behind;
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::vector<SqlValue>& values() const noexcept { return values_; }

 private:
  std::string text_;
  std::vector<SqlValue> values_;
};

}  // namespace

std::vector<LedgerRow> SqlStore::entries(const LedgerFilter& filter) {
  // Numbers are given out in order, but transactions may be committed in another. Who follows the ledger
  // would miss the late one: so nothing is shown behind a number that is still at work.
  std::int64_t last = 0;
  transact(source_.readers.get(), SqlMode::settled, [&](SqlConnection& c) {
    last = c.run("SELECT coalesce(max(number), 0) FROM ledger").at(0).integer(0);
  });

  const std::string prefix_end =
      filter.id_prefix.value_or("") + "\xf4\x8f\xbf\xbf";  // no letter is behind it
  Where where;
  where.add("number <= ", last);
  if (filter.after_row > 0) where.add("number > ", filter.after_row);
  if (filter.list) where.add("list = ", *filter.list);
  if (filter.verdict) where.add("verdict = ", *filter.verdict);
  if (filter.author) where.add("author = ", *filter.author);
  if (filter.request) where.add("request = ", *filter.request);
  if (filter.since) where.add("decided >= ", *filter.since);
  if (filter.until) where.add("decided <= ", *filter.until);
  if (filter.cctld)
    where.add("number IN (SELECT entry FROM ledger_cctlds WHERE cctld = ", *filter.cctld, ")");
  if (filter.id_prefix) {
    where.add("id >= ", *filter.id_prefix);
    where.add("id <= ", prefix_end);
  }
  // Who follows has seen what is before, and takes the rest in steps.
  const bool following = filter.after_row > 0;
  std::vector<SqlValue> values = where.values();
  values.emplace_back(bounded(filter.limit));
  const std::string sql = joined({"SELECT ", kEntryColumns, " FROM ledger", where.text(), " ORDER BY number ",
                                  following ? "ASC" : "DESC", " LIMIT ?", std::to_string(values.size())});
  return read([&](SqlConnection& c) {
    std::vector<LedgerRow> rows;
    for (const SqlRow& row : c.run(sql, values)) rows.push_back({row.integer(0), entry_of(row)});
    if (!following) std::reverse(rows.begin(), rows.end());
    return rows;
  });
}

std::int64_t SqlStore::purge(std::int64_t now, std::size_t limit) {
  std::int64_t removed = 0;
  write(SqlMode::write, [&](SqlConnection& c) {
    const SqlRows rows = c.run(
        "SELECT number, id FROM ledger WHERE keep_until <= ?1"
        " AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.decision_id = ledger.id AND tasks.done = 0)"
        " AND NOT EXISTS (SELECT 1 FROM questions WHERE questions.decision_id = ledger.id"
        " AND questions.state = 'open') ORDER BY keep_until, number LIMIT ?2 {skip_locked}",
        {now, bounded(limit)});
    for (const SqlRow& row : rows) {
      const std::int64_t number = row.integer(0);
      const std::string& id = row.text(1);
      c.run("DELETE FROM ledger_cctlds WHERE entry = ?1", {number});
      c.run("DELETE FROM replay_keys WHERE entry = ?1", {number});
      c.run("DELETE FROM events WHERE decision_id = ?1", {id});
      c.run("DELETE FROM questions WHERE decision_id = ?1", {id});
      c.run("DELETE FROM tokens WHERE decision_id = ?1", {id});
      c.run("DELETE FROM tasks WHERE decision_id = ?1", {id});
      c.run("DELETE FROM ledger WHERE number = ?1", {number});
    }
    removed = static_cast<std::int64_t>(rows.size());
  });
  return removed;
}

}  // namespace ccgate
