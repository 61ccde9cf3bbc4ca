#include "milter/store/store_entries.h"

#include <algorithm>

#include "milter/store/store_rows.h"

namespace ccgate {

namespace {

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
  const bool following = filter.after_row != 0;
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

std::vector<LedgerRow> SqlEntries::entries(const LedgerFilter& filter) {
  // Numbers are given out in order, but transactions may be committed in another. Who follows the ledger
  // would miss the late one: so nothing is shown behind a number that is still at work.
  const StoreWait both = database_.wait();
  const std::int64_t last = database_.read_settled(
      [](SqlConnection& c) { return c.run("SELECT coalesce(max(number), 0) FROM ledger").at(0).integer(0); });

  std::vector<SqlValue> values;
  const std::string sql = chosen_entries(filter, last, values);
  return database_.read([&](SqlConnection& c) {
    std::vector<LedgerRow> rows;
    for (const SqlRow& row : c.run(sql, values)) rows.push_back({row.integer(0), entry_of(row)});
    return rows;
  });
}

std::optional<LedgerEntry> SqlEntries::find_entry(const std::string& id) {
  return database_.read([&](SqlConnection& c) { return entry_by_id(c, id); });
}

std::vector<LedgerEvent> SqlEntries::events_of(const std::string& decision_id) {
  return database_.read([&](SqlConnection& c) {
    std::vector<LedgerEvent> events;
    for (const SqlRow& row :
         c.run(joined({"SELECT ", kEventColumns, " FROM events WHERE decision_id = ?1 ORDER BY number"}),
               {decision_id}))
      events.push_back(event_of(row));
    return events;
  });
}

std::vector<Question> SqlEntries::questions_by_decision(const std::string& decision_id) {
  return database_.read([&](SqlConnection& c) {
    return questions_in(
        c.run(joined({"SELECT ", kQuestionColumns, " FROM questions WHERE decision_id = ?1 ORDER BY number"}),
              {decision_id}));
  });
}

}  // namespace ccgate
