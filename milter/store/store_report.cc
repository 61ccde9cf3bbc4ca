#include "milter/store/store_report.h"

#include "milter/store/store_rows.h"

namespace ccgate {

namespace {

constexpr std::string_view kRequestColumns =
    "id, decided, cctlds, author, author_domain, verdict, ground, rule, request_key, observed";

RequestSeen request_of(const SqlRow& row) {
  return {.id = row.text(0),
          .decided = row.integer(1),
          .cctlds = texts_of(row.text(2)),
          .author = row.text(3),
          .author_domain = row.text(4),
          .verdict = row.text(5),
          .ground = row.text(6),
          .rule = row.text(7),
          .request_key = row.text(8),
          .observed = row.integer(9) != 0};
}

/// What runs for each of `texts`, in one look at the store.
template <class Record, class Each>
std::vector<Record> of_each(SqlDatabase& database, const std::vector<std::string>& texts, const Each& each) {
  return database.read([&](SqlConnection& c) {
    std::vector<Record> all;
    for (const std::string& text : texts) each(c, text, all);
    return all;
  });
}

/// The newest of one domain, of those that one of the two indexes holds.
std::string newest_of_domain(std::string_view of_index) {
  return joined({"SELECT ", kRequestColumns,
                 " FROM ledger WHERE list = ?1 AND author_domain = ?2 AND decided >= ?3 AND decided <= ?4"
                 " AND author_domain <> '' AND request = 'subscribe' AND verdict ",
                 of_index, " ('accept', 'ask', 'hold') ORDER BY decided DESC, number DESC LIMIT ?5"});
}

}  // namespace

std::vector<RequestSeen> SqlReport::requests_of_domains(const ReportSpan& span,
                                                        const std::vector<std::string>& domains,
                                                        std::size_t most) {
  const std::string counted = newest_of_domain("IN"), refused = newest_of_domain("NOT IN");
  return of_each<RequestSeen>(
      database_, domains, [&](SqlConnection& c, const std::string& domain, std::vector<RequestSeen>& all) {
        for (const std::string* sql : {&counted, &refused})
          for (const SqlRow& row : c.run(*sql, {span.list, domain, span.since, span.until, bounded(most)}))
            all.push_back(request_of(row));
      });
}

std::vector<RequestSeen> SqlReport::requests_for_cctlds(const ReportSpan& span,
                                                        const std::vector<std::string>& cctlds,
                                                        std::size_t most) {
  const std::string sql =
      joined({"SELECT ", kRequestColumns,
              " FROM ledger WHERE number IN (SELECT entry FROM ledger_cctlds WHERE cctld = ?1 AND list = ?2"
              " AND decided >= ?3 AND decided <= ?4 ORDER BY decided DESC, entry DESC LIMIT ?5)"
              " AND request = 'subscribe' ORDER BY decided DESC, number DESC"});
  return of_each<RequestSeen>(
      database_, cctlds, [&](SqlConnection& c, const std::string& cctld, std::vector<RequestSeen>& all) {
        for (const SqlRow& row : c.run(sql, {cctld, span.list, span.since, span.until, bounded(most)}))
          all.push_back(request_of(row));
      });
}

std::vector<Question> SqlReport::questions_about(const std::vector<std::string>& request_keys) {
  const std::string sql =
      joined({"SELECT ", kQuestionColumns, " FROM questions WHERE request_key = ?1 ORDER BY number"});
  return of_each<Question>(database_, request_keys,
                           [&](SqlConnection& c, const std::string& key, std::vector<Question>& all) {
                             for (Question& question : questions_in(c.run(sql, {key})))
                               all.push_back(std::move(question));
                           });
}

std::vector<OutreachStep> SqlReport::outreach_steps(const ReportSpan& span) {
  return database_.read([&](SqlConnection& c) {
    std::vector<OutreachStep> all;
    for (const SqlRow& row :
         c.run("SELECT id, decided, request, rule, cctlds, coalesce((SELECT min(at) FROM events"
               " WHERE decision_id = ledger.id AND kind IN ('bounced', 'expired')), 0), recipients, number "
               "FROM ledger"
               // They are few: found by what they are, and not by an index that begins with the list.
               " WHERE list || '' = ?1"
               " AND request IN ('invite', 'review', 'note') AND decided >= ?2 AND decided <= ?3"
               " ORDER BY decided, number",
               {span.list, span.since, span.until})) {
      const std::vector<std::string> recipients = texts_of(row.text(6));
      all.push_back({.id = row.text(0),
                     .at = row.integer(1),
                     .request = row.text(2),
                     .rule = row.text(3),
                     .cctlds = texts_of(row.text(4)),
                     .bounced = row.integer(5),
                     .to = recipients.empty() ? "" : recipients.front(),
                     .number = row.integer(7)});
    }
    return all;
  });
}

std::vector<DecisionCount> SqlReport::count_decisions(const ReportSpan& span) {
  return database_.read([&](SqlConnection& c) {
    std::vector<DecisionCount> all;
    for (const SqlRow& row :
         c.run("SELECT verdict, ground, count(*) FROM ledger WHERE list = ?1 AND decided >= ?2"
               " AND decided <= ?3 GROUP BY verdict, ground ORDER BY verdict, ground",
               {span.list, span.since, span.until}))
      all.push_back({row.text(0), row.text(1), row.integer(2)});
    return all;
  });
}

}  // namespace ccgate
