#include "milter/store/store_ledger.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "milter/store/spent.h"
#include "milter/store/store_members.h"
#include "milter/store/store_rows.h"
#include "policy/text/durations.h"

namespace ccgate {

namespace {

std::optional<LedgerEntry> newest_of(SqlConnection& c, const std::string& list,
                                     const std::vector<std::string>& replay_keys, std::int64_t since) {
  std::pair<std::int64_t, std::int64_t> newest{};  // when, row
  for (const std::string& key : replay_keys) {
    const SqlRows rows = c.run(
        "SELECT decided, entry FROM replay_keys WHERE replay_key = ?1 AND list = ?2 AND decided >= ?3"
        " ORDER BY decided DESC, entry DESC LIMIT 1",
        {key, list, since});
    if (!rows.empty() && (newest.second == 0 || newest < std::pair(rows[0].integer(0), rows[0].integer(1))))
      newest = {rows[0].integer(0), rows[0].integer(1)};
  }
  if (newest.second == 0) return std::nullopt;
  return first_entry(
      c.run(joined({"SELECT ", kEntryColumns, " FROM ledger WHERE number = ?1"}), {newest.second}));
}

/// Two decisions about one message or request, or one budget, at the same time: the second waits for the
/// first, and then sees what it left. It may be that of a process that was killed, whose commit the server
/// carries out all the same. In one order, so that they do not wait for each other.
void take_locks(SqlConnection& c, const DecisionRecord& record) {
  std::set<std::string> names;
  if (record.seen)
    for (const std::string& key : record.replay_keys) names.insert("message " + key);
  for (const Question& question : record.questions) names.insert("request " + question.request_key);
  for (const Question& question : record.rests_on) names.insert("request " + question.request_key);
  for (const Budget& budget : record.budgets) names.insert("budget " + budget.key);
  for (const std::string& name : names) c.lock(name);
}

/// False: another decision about the same message came between.
bool is_as_seen(SqlConnection& c, const DecisionRecord& record) {
  if (!record.seen) return true;
  const auto newest = newest_of(c, record.entry.list, record.replay_keys, record.seen->since);
  return (newest ? newest->id : "") == record.seen->id;
}

/// Those that the record's acceptance rests on answers to.
std::set<std::string> requests_of(const DecisionRecord& record) {
  std::set<std::string> requests;
  for (const Question& question : record.rests_on) requests.insert(question.request_key);
  return requests;
}

/// False: an answer that lets the request in was withdrawn, or another one to the same contact was a no.
bool is_still_confirmed(SqlConnection& c, const DecisionRecord& record) {
  return std::all_of(record.rests_on.begin(), record.rests_on.end(), [&](const Question& question) {
    const auto count = [&](std::string_view state, std::string_view which, std::string_view value) {
      return !c.run(joined({"SELECT number FROM questions WHERE request_key = ?1 AND contact = ?2"
                            " AND state = ?3 AND answered >= ?4 AND ",
                            which, " = ?5 LIMIT 1"}),
                    {question.request_key, question.contact, state, question.answered, value})
                  .empty();
    };
    return count("confirmed", "id", question.id) && !count("refused", "contact", question.contact);
  });
}

/// False: somebody said no who had not when it was decided. Whose no it is, is judged anew.
bool is_refused_by_no_more(SqlConnection& c, const DecisionRecord& record) {
  if (record.rests_on.empty()) return true;
  for (const std::string& request : requests_of(record))
    for (const SqlRow& row :
         c.run("SELECT id FROM questions WHERE request_key = ?1 AND state = 'refused'", {request}))
      if (!record.known_refusals.contains(row.text(0))) return false;
  return true;
}

/// False: somebody whose word counts as a member's is none any more.
bool are_members(SqlConnection& c, const DecisionRecord& record) {
  return std::all_of(record.rests_on_members.begin(), record.rests_on_members.end(),
                     [&](const MemberKey& member) {
                       return !c.run(
                                    "SELECT number FROM members WHERE list = ?1 AND cctld = ?2"
                                    " AND address = ?3 AND ended = 0",
                                    {member.list, member.cctld, member.address})
                                   .empty();
                     });
}

/// Ids of new questions that are not to be asked because another one is open still.
std::set<std::string> questions_left_out(SqlConnection& c, const DecisionRecord& record) {
  std::set<std::string> left_out;
  std::set<std::pair<std::string, std::string>> asked;  // by this decision itself
  for (const Question& question : record.questions) {
    const bool open = !asked.emplace(question.request_key, question.contact).second ||
                      !c.run(
                            "SELECT number FROM questions WHERE request_key = ?1 AND contact = ?2"
                            " AND state = 'open' AND let_in = 0 AND expires >= ?3 AND asked <= ?4 LIMIT 1",
                            {question.request_key, question.contact, record.entry.decided,
                             bounded(record.entry.decided) + kClockError})
                           .empty();
    if (open) left_out.insert(question.id);
  }
  return left_out;
}

void insert_evidence(SqlConnection& c, const KeptEvidence& kept, const LedgerEntry& entry) {
  c.run("DELETE FROM first_evidence WHERE key = ?1 AND request_key = ?2 AND keep_until <= ?3",
        {kept.key, kept.request_key, entry.decided});
  c.run(
      "INSERT INTO first_evidence (key, request_key, evidence, decision_id, keep_until)"
      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (key, request_key) DO NOTHING",
      {kept.key, kept.request_key, kept.evidence, entry.id, kept.until});
}

std::int64_t day_of(const LedgerEntry& entry) {
  return entry.decided - entry.decided % kDaySeconds;
}

/// Those whose author is not known have a counter of their own: none uses up that of the other.
std::string_view counter_of(const DecisionRecord& record) {
  return record.entry.author_domain.empty() ? "refused" : "refused, authenticated";
}

/// Looks without a lock and writes nothing, so that what is not kept costs nobody a commit; many at the same
/// moment may go over by some.
bool is_beyond_the_day(SqlConnection& c, const DecisionRecord& record) {
  if (record.most_a_day <= 0) return false;
  const SqlRows had = c.run("SELECT n FROM counts WHERE what = ?1 AND key = ?2 AND bucket = ?3",
                            {counter_of(record), record.entry.list, day_of(record.entry)});
  return !had.empty() && had.front().integer(0) >= record.most_a_day;
}

}  // namespace

std::optional<LedgerEntry> SqlLedger::seen_before(const std::string& list,
                                                  const std::vector<std::string>& replay_keys,
                                                  std::int64_t since) {
  return database_.read([&](SqlConnection& c) { return newest_of(c, list, replay_keys, since); });
}

// Nobody needs more than a bound: so a count is no longer than the bound is large.
std::int64_t SqlLedger::count_by_author_domain(const std::string& list, const std::string& author_domain,
                                               std::int64_t since, std::int64_t most) {
  return database_.read([&](SqlConnection& c) {
    return c
        .run(
            "SELECT count(*) FROM (SELECT 1 FROM ledger WHERE list = ?1 AND author_domain = ?2 AND decided "
            ">= ?3"
            " AND author_domain <> '' AND verdict IN ('accept', 'ask', 'hold') LIMIT ?4) AS chosen",
            {list, author_domain, since, bounded(most)})
        .at(0)
        .integer(0);
  });
}

std::int64_t SqlLedger::count_by_cctld(const std::string& list, const std::string& cctld, std::int64_t since,
                                       std::int64_t most) {
  return database_.read([&](SqlConnection& c) {
    return c
        .run(
            "SELECT count(*) FROM (SELECT 1 FROM ledger_cctlds WHERE list = ?1 AND cctld = ?2 AND decided >= "
            "?3"
            " AND counted = 1 LIMIT ?4) AS chosen",
            {list, cctld, since, bounded(most)})
        .at(0)
        .integer(0);
  });
}

std::vector<Question> SqlLedger::questions_of(const std::string& request_key) {
  return database_.read([&](SqlConnection& c) {
    return questions_in(
        c.run(joined({"SELECT ", kQuestionColumns,
                      " FROM questions WHERE request_key = ?1 ORDER BY asked DESC, number DESC"}),
              {request_key}));
  });
}

std::optional<std::int64_t> SqlLedger::objected(const std::string& request_key, std::int64_t since) {
  if (request_key.empty()) return std::nullopt;  // that of all mail in which no request was read
  return database_.read([&](SqlConnection& c) {
    const SqlRows rows =
        c.run("SELECT at FROM objections WHERE request_key = ?1 AND at >= ?2 ORDER BY at DESC LIMIT 1",
              {request_key, since});
    return rows.empty() ? std::nullopt : std::optional(rows.front().integer(0));
  });
}

std::vector<StoredVoucher> SqlLedger::vouchers_of(const std::string& list, const std::string& cctld,
                                                  std::size_t most) {
  return database_.read([&](SqlConnection& c) {
    std::vector<StoredVoucher> all;
    for (const SqlRow& row : c.run("SELECT email, other_email FROM members WHERE list = ?1 AND cctld = ?2"
                                   " AND ended = 0 AND bouncing = 0 ORDER BY since, number LIMIT ?3",
                                   {list, cctld, bounded(most)}))
      all.push_back({row.text(0), row.text(1)});
    return all;
  });
}

std::vector<KeptEvidence> SqlLedger::kept_evidence(const std::vector<std::string>& keys, std::int64_t now) {
  return database_.read([&](SqlConnection& c) {
    std::vector<KeptEvidence> kept;
    for (const std::string& key : keys) {
      for (const SqlRow& row : c.run("SELECT request_key, evidence, keep_until FROM first_evidence WHERE key "
                                     "= ?1 AND keep_until > ?2",
                                     {key, now}))
        kept.push_back({key, row.text(0), row.text(1), row.integer(2)});
      if (!kept.empty()) break;
    }
    return kept;
  });
}

Recorded SqlLedger::record(const DecisionRecord& record) {
  Recorded outcome = Recorded::yes;
  database_.write(SqlMode::append, [&](SqlConnection& c) {
    outcome = Recorded::yes;
    const LedgerEntry& entry = record.entry;
    const auto is_recorded = [&] {
      const auto before = entry_by_id(c, entry.id);
      if (before && *before != entry)
        database_.fail(fmt::format("another decision `{}` is recorded already", entry.id));
      return before.has_value();
    };
    take_locks(c, record);
    if (is_recorded()) return;
    // Others share this transaction: until nothing can be against it any more, nothing is written.
    const std::set<std::string> left_out = questions_left_out(c, record);
    if (!is_as_seen(c, record))
      outcome = Recorded::seen_meanwhile;
    else if (!is_still_confirmed(c, record) || !is_refused_by_no_more(c, record) || !are_members(c, record))
      outcome = Recorded::approval_withdrawn;
    else if (!spend(c, record, left_out))
      outcome = Recorded::over_budget;
    if (outcome != Recorded::yes) return;
    if (is_beyond_the_day(c, record)) return;
    const std::int64_t number = insert_entry(c, entry);
    if (number == 0) {
      (void)is_recorded();
      return;
    }
    for (const std::string& cctld : std::set<std::string>(entry.cctlds.begin(), entry.cctlds.end()))
      insert_cctld(c, cctld, entry, number);
    if (entry.verdict != "tempfail")
      for (const std::string& key :
           std::set<std::string>(record.replay_keys.begin(), record.replay_keys.end()))
        c.run("INSERT INTO replay_keys (replay_key, list, decided, entry) VALUES (?1, ?2, ?3, ?4)",
              {key, entry.list, entry.decided, number});
    for (const LedgerEvent& event : record.events) insert_event(c, event);
    for (const Question& question : record.questions)
      if (!left_out.contains(question.id)) insert_question(c, question);
    for (const Question& question : record.rests_on)
      c.run("UPDATE questions SET let_in = ?2 WHERE id = ?1",
            {question.id, std::max<std::int64_t>(entry.decided, 1)});
    // A no to any of them comes too late from now on.
    for (const std::string& request : requests_of(record))
      c.run(
          "UPDATE questions SET let_in = ?2 WHERE request_key = ?1 AND let_in = 0"
          " AND state IN ('open', 'undelivered', 'confirmed')",
          {request, std::max<std::int64_t>(entry.decided, 1)});
    for (const KeptEvidence& kept : record.evidence) insert_evidence(c, kept, entry);
    (void)apply_member_changes(c, record.members);
    for (const Task& task : record.tasks)
      if (task.kind != TaskKind::ask || !left_out.contains(task.question))
        insert_task(c, task, entry.decided);
    // Last: others wait for this row until the commit.
    if (record.most_a_day > 0) count_up(c, counter_of(record), entry.list, day_of(entry));
  });
  return outcome;
}

void SqlLedger::add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) {
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    std::int64_t now = 0;
    for (const LedgerEvent& event : events) {
      insert_event(c, event);
      now = std::max(now, event.at);
    }
    for (const Task& task : tasks) insert_task(c, task, events.empty() ? task.due : now);
  });
}

}  // namespace ccgate
