#include "milter/store/store_status.h"

#include <algorithm>

#include "milter/store/store_rows.h"

namespace ccgate {

namespace {

/// Conditions on the ledger, each with a parameter.
class GroupWhere {
 public:
  void add(std::string_view condition, SqlValue value) {
    values_.push_back(value);
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += condition;
    text_ += '?' + std::to_string(values_.size());
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

std::string_view column_of(LedgerGroup by) {
  switch (by) {
    case LedgerGroup::ground:
      return "l.ground";
    case LedgerGroup::cctld:
      return "t.cctld";
    case LedgerGroup::author_domain:
      return "l.author_domain";
    case LedgerGroup::day:
      return "l.decided - l.decided % 86400";
  }
  return "l.ground";
}

}  // namespace

std::vector<HeldMail> held_mails(SqlConnection& connection, const std::string& list, std::int64_t since,
                                 bool untold, std::size_t most) {
  std::vector<HeldMail> held;
  const auto lacks = [](std::string_view kind) {
    return joined(
        {" AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.decision_id = ledger.id AND e.kind = '", kind,
         "')"});
  };
  for (const SqlRow& row : connection.run(
           joined({"SELECT ", kEntryColumns,
                   ", (SELECT min(e.at) FROM events AS e WHERE e.decision_id = ledger.id AND e.kind"
                   " = 'held'), (SELECT min(e.detail) FROM events AS e WHERE e.decision_id ="
                   " ledger.id AND e.kind = 'held') FROM ledger WHERE decided >= ?1"
                   " AND (?2 = '' OR list = ?2)"
                   " AND id IN (SELECT decision_id FROM events WHERE kind = 'held')",
                   lacks("released"), untold ? lacks("informed") : "", " ORDER BY number DESC LIMIT ?3"}),
           {since, list, bounded(most)}))
    held.push_back({entry_of(row), row.integer(25), row.text(26)});
  std::reverse(held.begin(), held.end());
  return held;
}

std::vector<Question> SqlStatus::open_questions(std::int64_t now, std::size_t most) {
  return database_.read([&](SqlConnection& c) {
    return questions_in(c.run(joined({"SELECT ", kQuestionColumns,
                                      " FROM questions WHERE state = 'open' AND expires >= ?1"
                                      " ORDER BY asked, number LIMIT ?2"}),
                              {now, bounded(most)}));
  });
}

std::vector<HeldMail> SqlStatus::held(std::int64_t since, std::size_t most) {
  return database_.read([&](SqlConnection& c) { return held_mails(c, "", since, false, most); });
}

std::vector<GroupCount> SqlStatus::count_groups(const LedgerFilter& filter, LedgerGroup by,
                                                std::size_t most) {
  GroupWhere where;
  if (filter.list) where.add("l.list = ", *filter.list);
  if (filter.verdict) where.add("l.verdict = ", *filter.verdict);
  if (filter.author) where.add("l.author = ", *filter.author);
  if (filter.request) where.add("l.request = ", *filter.request);
  if (filter.since) where.add("l.decided >= ", *filter.since);
  if (filter.until) where.add("l.decided <= ", *filter.until);
  if (filter.cctld) where.add("t.cctld = ", *filter.cctld);
  const bool joins = by == LedgerGroup::cctld || filter.cctld;
  const std::string limit = where.parameter(bounded(most));
  const std::string sql =
      joined({"SELECT ", column_of(by), " AS told, l.verdict, count(*) AS n FROM ledger AS l",
              joins ? " JOIN ledger_cctlds AS t ON t.entry = l.number" : "", where.text(),
              " GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT ", limit});
  return database_.read([&](SqlConnection& c) {
    std::vector<GroupCount> counts;
    for (const SqlRow& row : c.run(sql, where.values()))
      counts.push_back({by == LedgerGroup::day ? std::to_string(row.integer(0)) : row.text(0), row.text(1),
                        row.integer(2)});
    return counts;
  });
}

bool SqlStatus::ask_again(const std::string& question, const std::string& key, std::int64_t now) {
  bool added = false;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    added = !c.run(
                  "INSERT INTO tasks (key, kind, decision_id, list, recipient, question, payload, added, due,"
                  " expires, attempts, last_error, worker, leased, done)"
                  " SELECT ?2, 'ask', q.decision_id, q.list, q.contact, q.id,"
                  " coalesce((SELECT t.payload FROM tasks AS t WHERE t.decision_id = q.decision_id"
                  " AND t.question = q.id AND t.kind = 'ask' ORDER BY t.number LIMIT 1), ''),"
                  " ?3, ?3, q.expires, 0, '', '', 0, 0 FROM questions AS q"
                  " WHERE q.id = ?1 AND q.state = 'open' AND q.expires >= ?3"
                  " ON CONFLICT (key) DO NOTHING RETURNING number",
                  {question, key, now})
                 .empty();
  });
  return added;
}

bool SqlStatus::cancel_question(const std::string& question, const std::string& detail, std::int64_t now) {
  bool cancelled = false;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    const auto questions = questions_in(c.run(joined({"UPDATE questions SET state = 'expired', answered = ?2"
                                                      " WHERE id = ?1 AND state = 'open' RETURNING ",
                                                      kQuestionColumns}),
                                              {question, std::max<std::int64_t>(now, 1)}));
    cancelled = !questions.empty();
    for (const Question& each : questions)
      insert_event(c, {.number = 0,
                       .decision_id = each.decision_id,
                       .at = now,
                       .kind = EventKind::expired,
                       .who = each.contact,
                       .detail = detail});
  });
  return cancelled;
}

}  // namespace ccgate
