#include <algorithm>

#include "milter/store/store_rows.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

// Longer than any task is put off: a mail waits for the longest back-off.
constexpr std::int64_t kLongestWait = 2 * 24 * 3600;

bool is_given_up(const std::vector<LedgerEvent>& events) {
  return std::any_of(events.begin(), events.end(), [](const LedgerEvent& event) {
    return event.kind == EventKind::bounced || event.kind == EventKind::expired;
  });
}

}  // namespace

std::vector<Task> SqlStore::claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                                  std::size_t count) {
  if (worker.empty()) fail("a worker has a name");
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
  write(SqlMode::write, [&](SqlConnection& c) {
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

bool SqlStore::finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
                      std::int64_t now, const std::vector<Task>& follow_up) {
  bool ours = false;
  write(SqlMode::write, [&](SqlConnection& c) {
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

bool SqlStore::postpone(const Task& task, const std::string& worker, std::int64_t due,
                        const std::string& error) {
  bool ours = false;
  write(SqlMode::write, [&](SqlConnection& c) {
    ours = !c.run(
                 "UPDATE tasks SET due = ?4, last_error = ?5, worker = '', leased = 0"
                 " WHERE number = ?1 AND worker = ?2 AND attempts = ?3 AND done = 0 RETURNING number",
                 {task.number, worker, task.attempts, due, error})
                .empty();
  });
  return ours;
}

bool SqlStore::is_open(const std::string& task_key) {
  return read([&](SqlConnection& c) {
    return !c.run("SELECT number FROM tasks WHERE key = ?1 AND done = 0", {task_key}).empty();
  });
}

Backlog SqlStore::backlog() {
  return read([&](SqlConnection& c) {
    const SqlRows rows = c.run("SELECT count(*), coalesce(min(due), 0) FROM tasks WHERE done = 0");
    return Backlog{rows.at(0).integer(0), rows.at(0).integer(1)};
  });
}

}  // namespace ccgate
