#include "milter/store/store_tasks.h"

#include <algorithm>

#include "milter/store/spent.h"
#include "milter/store/store_members.h"
#include "milter/store/store_rows.h"
#include "milter/store/store_status.h"
#include "policy/text/durations.h"

namespace ccgate {

namespace {

// Longer than any task is put off: a mail waits for the longest back-off.
constexpr std::int64_t kLongestWait = 2 * kDaySeconds;
// Nothing looks back further into the counts.
constexpr std::int64_t kLongestCount = 3 * kDaySeconds;

bool is_given_up(const std::vector<LedgerEvent>& events) {
  return std::any_of(events.begin(), events.end(), [](const LedgerEvent& event) {
    return event.kind == EventKind::bounced || event.kind == EventKind::expired;
  });
}

}  // namespace

std::vector<Task> SqlTasks::claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                                  std::size_t count) {
  if (worker.empty()) database_.fail("a worker has a name");
  std::vector<Task> tasks;
  // So that none of the sums below is more than a number holds.
  constexpr std::int64_t kMost = INT64_MAX / 4;
  const std::int64_t at = std::clamp(now, -kMost, kMost);
  const std::int64_t held = std::clamp<std::int64_t>(lease, 0, kMost);
  const auto take = [&](SqlConnection& c, std::int64_t from, std::int64_t until) {
    // A claim may be ahead by the clock of another machine. MATERIALIZED: chosen once, not once for each row.
    for (const SqlRow& row :
         c.run(joined({"WITH chosen AS MATERIALIZED (SELECT number FROM tasks WHERE done = 0"
                       " AND due BETWEEN ?5 AND ?6 AND (leased <= ?2 OR leased > ?7)"
                       " ORDER BY due, number LIMIT ?4 {skip_locked})"
                       " UPDATE tasks SET worker = ?1, leased = ?3, attempts = attempts + 1"
                       " WHERE number IN (SELECT number FROM chosen) RETURNING ",
                       kTaskColumns}),
               {worker, now, at + held, bounded(count - tasks.size()), from, until, at + 2 * held}))
      tasks.push_back(task_of(row));
  };
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    tasks.clear();
    take(c, INT64_MIN, now);
    // What is due later than anything is put off was so by a clock that was wrong.
    if (tasks.size() < count) take(c, at + kLongestWait + 1, INT64_MAX);
  });
  std::sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
    return std::pair(a.due, a.number) < std::pair(b.due, b.number);
  });
  return tasks;
}

bool SqlTasks::finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
                      std::int64_t now, const std::vector<Task>& follow_up) {
  bool ours = false;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    // The attempts tell this claim from a later one of the same worker.
    ours = !c.run(
                 "UPDATE tasks SET done = ?4, worker = '', leased = 0"
                 " WHERE number = ?1 AND worker = ?2 AND attempts = ?3 AND done = 0 RETURNING number",
                 {task.number, worker, task.attempts, std::max<std::int64_t>(now, 1)})
                .empty();
    if (!ours) return;
    for (const LedgerEvent& event : events) insert_event(c, event);
    if (task.kind == TaskKind::ask && is_given_up(events)) set_undelivered(c, task.question);
    for (const Task& next : follow_up) insert_task(c, next, now);
  });
  return ours;
}

bool SqlTasks::postpone(const Task& task, const std::string& worker, std::int64_t due,
                        const std::string& error) {
  bool ours = false;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    ours = !c.run(
                 "UPDATE tasks SET due = ?4, last_error = ?5, worker = '', leased = 0"
                 " WHERE number = ?1 AND worker = ?2 AND attempts = ?3 AND done = 0 RETURNING number",
                 {task.number, worker, task.attempts, due, error})
                .empty();
  });
  return ours;
}

bool SqlTasks::declined_after(const std::string& decision_id, const std::string& cctld) {
  return database_.read([&](SqlConnection& c) {
    return !c.run(
                 "SELECT note.number FROM ledger note, ledger letter WHERE letter.id = ?1"
                 " AND note.request = 'note' AND note.number > letter.number AND note.list || '' = "
                 "letter.list"
                 " AND note.rule = 'decline' AND EXISTS (SELECT 1 FROM ledger_cctlds"
                 " WHERE entry = note.number AND cctld = ?2) LIMIT 1",
                 {decision_id, cctld})
                .empty();
  });
}

bool SqlTasks::is_open(const std::string& task_key) {
  return database_.read([&](SqlConnection& c) {
    return !c.run("SELECT number FROM tasks WHERE key = ?1 AND done = 0", {task_key}).empty();
  });
}

Backlog SqlTasks::backlog() {
  return database_.read([&](SqlConnection& c) {
    const SqlRows tasks = c.run(
        "SELECT count(*), coalesce(sum(CASE WHEN worker = '' AND attempts > 0 THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN worker <> '' THEN 1 ELSE 0 END), 0), coalesce(min(due), 0),"
        " coalesce(min(added), 0) FROM tasks WHERE done = 0");
    const SqlRows questions = c.run("SELECT count(*) FROM questions WHERE state = 'open'");
    const SqlRow& row = tasks.at(0);
    return Backlog{row.integer(0), row.integer(1), row.integer(2),
                   row.integer(3), row.integer(4), questions.at(0).integer(0)};
  });
}

std::optional<Question> SqlTasks::find_question(const std::string& id) {
  return database_.read([&](SqlConnection& c) { return question_by_id(c, id); });
}

std::vector<LedgerEntry> SqlTasks::digest(const std::string& key) {
  return database_.read([&](SqlConnection& c) {
    std::vector<LedgerEntry> entries;
    for (const SqlRow& row : c.run(joined({"SELECT ", kEntryColumns,
                                           " FROM ledger WHERE id IN (SELECT decision_id FROM events"
                                           " WHERE kind = 'digested' AND detail = ?1) ORDER BY number"}),
                                   {key}))
      entries.push_back(entry_of(row));
    return entries;
  });
}

std::vector<HeldMail> SqlTasks::held_untold(const std::string& list, std::int64_t since, std::size_t most) {
  return database_.read([&](SqlConnection& c) { return held_mails(c, list, since, true, most); });
}

void SqlTasks::add_token(const Token& token, std::int64_t now) {
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    const SqlRows added = c.run(
        "INSERT INTO tokens (hash, purpose, decision_id, question, contact, list, added, expires, used)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (hash) DO NOTHING RETURNING hash",
        {token.hash, to_string(token.purpose), token.decision_id, token.question, token.contact, token.list,
         now, token.expires, token.used});
    if (added.empty() && token_by_hash(c, token.hash) != token)
      database_.fail("another token of this hash is there");
  });
}

std::vector<Question> SqlTasks::expire_questions(std::int64_t now) {
  std::vector<Question> expired;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    expired = questions_in(
        c.run(joined({"WITH chosen AS MATERIALIZED (SELECT number FROM questions WHERE state = 'open'"
                      " AND expires < ?1 ORDER BY number {skip_locked})"
                      " UPDATE questions SET state = 'expired' WHERE number IN (SELECT number FROM chosen)"
                      " RETURNING ",
                      kQuestionColumns}),
              {now}));
    for (const Question& question : expired)
      insert_event(c, {.number = 0,
                       .decision_id = question.decision_id,
                       .at = now,
                       .kind = EventKind::expired,
                       .who = question.contact,
                       .detail = "question"});
  });
  return expired;
}

std::int64_t SqlTasks::purge(std::int64_t now, std::size_t limit) {
  std::int64_t removed = 0;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
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
      c.run("DELETE FROM first_evidence WHERE decision_id = ?1", {id});
      c.run("DELETE FROM ledger WHERE number = ?1", {number});
    }
    removed = static_cast<std::int64_t>(rows.size());
    // Tasks of no decision: those that told who is no member any more.
    c.run(
        "DELETE FROM tasks WHERE number IN (SELECT number FROM tasks WHERE decision_id = '' AND done <> 0"
        " LIMIT ?1)",
        {bounded(limit)});
    c.run(
        "DELETE FROM counts WHERE (what, key, bucket) IN (SELECT what, key, bucket FROM counts"
        " WHERE bucket < ?1 LIMIT ?2)",
        {bounded(now) - kLongestCount, bounded(limit)});
    c.run(
        "DELETE FROM first_evidence WHERE (key, request_key) IN (SELECT key, request_key FROM first_evidence"
        " WHERE keep_until <= ?1 LIMIT ?2)",
        {now, bounded(limit)});
    forget_spent(c, now);
  });
  return removed;
}

std::int64_t SqlTasks::forget_ended(const std::string& list, std::int64_t before, std::size_t limit) {
  std::int64_t forgotten = 0;
  database_.write(SqlMode::write,
                  [&](SqlConnection& c) { forgotten = forget_ended_members(c, list, before, limit); });
  return forgotten;
}

}  // namespace ccgate
