#include <algorithm>

#include "milter/store/spent.h"
#include "milter/store/store_rows.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

constexpr std::int64_t kLongestCount = 3 * 24 * 3600;

/// Conditions, each with a parameter.
class Where {
 public:
  /// `condition` is followed by a parameter, and that by `behind`.
  void add(std::string_view condition, SqlValue value, std::string_view behind = "") {
    text_ += values_.empty() ? " WHERE " : " AND ";
    text_ += condition;
    text_ += parameter(value);
    text_ += behind;
  }
  std::string parameter(SqlValue value) {
    values_.push_back(value);
    return '?' + std::to_string(values_.size());
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::vector<SqlValue>& values() const noexcept { return values_; }

 private:
  std::string text_;
  std::vector<SqlValue> values_;
};

/// SQL for the entries that `filter` chooses, up to the number `last`; parameters refer to `filter`.
///
/// Their numbers are found first, in an index that has all that is asked of them: an entry is some kilobytes,
/// and only those that are shown are read. A ccTLD is looked up in its own table, unless a rarer thing is
/// asked for too.
std::string chosen_entries(const LedgerFilter& filter, std::int64_t last, std::vector<SqlValue>& values) {
  const bool following = filter.after_row > 0;
  const bool rare = filter.author || filter.id_prefix;
  const bool by_cctld = filter.cctld && !rare;
  const std::string number = by_cctld ? "entry" : "number";
  Where where;
  where.add(number + " <= ", last);
  if (following) where.add(number + " > ", filter.after_row);
  if (by_cctld) where.add("cctld = ", *filter.cctld);
  if (filter.list) where.add("list = ", *filter.list);
  if (filter.verdict) where.add("verdict = ", *filter.verdict);
  if (filter.author) where.add("author = ", *filter.author);
  if (filter.request) where.add("request = ", *filter.request);
  if (filter.since) where.add("decided >= ", *filter.since);
  if (filter.until) where.add("decided <= ", *filter.until);
  if (filter.cctld && !by_cctld)
    where.add("EXISTS (SELECT 1 FROM ledger_cctlds WHERE entry = ledger.number AND cctld = ", *filter.cctld,
              ")");
  if (filter.id_prefix) {
    where.add("id >= ", *filter.id_prefix);
    if (!filter.id_prefix->empty())
      where.add("id < ", std::string_view(*filter.id_prefix),
                " || '\xf4\x8f\xbf\xbf'");  // no letter is behind it
  }
  // `+ 0`: they are sorted, rather than looked for in the order of the numbers, among all there are.
  const bool few = filter.id_prefix || ((filter.since || filter.until) && !following && !filter.list &&
                                        !filter.verdict && !filter.author && !filter.request && !by_cctld);
  // Who follows has seen what is before, and takes the rest in steps.
  const std::string limit = where.parameter(bounded(filter.limit));
  values = where.values();
  return joined({"SELECT ", kEntryColumns, " FROM ledger WHERE number IN (SELECT ", number, " FROM ",
                 by_cctld ? "ledger_cctlds" : "ledger", where.text(), " ORDER BY ", number, few ? " + 0" : "",
                 following ? " ASC" : " DESC", " LIMIT ", limit, ") ORDER BY number"});
}

}  // namespace

std::vector<LedgerRow> SqlStore::entries(const LedgerFilter& filter) {
  // Numbers are given out in order, but transactions may be committed in another. Who follows the ledger
  // would miss the late one: so nothing is shown behind a number that is still at work.
  const StoreWait both = wait();
  const std::int64_t last = read_settled(
      [](SqlConnection& c) { return c.run("SELECT coalesce(max(number), 0) FROM ledger").at(0).integer(0); });

  std::vector<SqlValue> values;
  const std::string sql = chosen_entries(filter, last, values);
  return read([&](SqlConnection& c) {
    std::vector<LedgerRow> rows;
    for (const SqlRow& row : c.run(sql, values)) rows.push_back({row.integer(0), entry_of(row)});
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
      c.run("DELETE FROM objections WHERE entry = ?1", {number});
      c.run("DELETE FROM events WHERE decision_id = ?1", {id});
      c.run("DELETE FROM questions WHERE decision_id = ?1", {id});
      c.run("DELETE FROM tokens WHERE decision_id = ?1", {id});
      c.run("DELETE FROM tasks WHERE decision_id = ?1", {id});
      c.run("DELETE FROM ledger WHERE number = ?1", {number});
    }
    removed = static_cast<std::int64_t>(rows.size());
    // Nothing looks back further.
    c.run(
        "DELETE FROM counts WHERE (what, key, bucket) IN (SELECT what, key, bucket FROM counts"
        " WHERE bucket < ?1 LIMIT ?2)",
        {bounded(now) - kLongestCount, bounded(limit)});
    forget_spent(c, now);
  });
  return removed;
}

}  // namespace ccgate
