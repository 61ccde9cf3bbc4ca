#include "milter/store/store_duties.h"

#include <set>

#include "milter/store/store_rows.h"

namespace ccgate {

namespace {

/// What the keys of all reviews of a list begin with. No list has a `:` in its name.
std::string reviews_of(const std::string& list) {
  return joined({"review:", list, ":"});
}

}  // namespace

std::string review_key(const std::string& list, const std::string& contact) {
  return reviews_of(list) + contact;
}

bool SqlDuties::begin(const OwnEntry& own) {
  bool begun = false;
  database_.write(SqlMode::append, [&](SqlConnection& c) {
    begun = false;
    c.lock(joined({"duty ", own.task.key}));
    if (!c.run("SELECT number FROM tasks WHERE key = ?1", {own.task.key}).empty()) return;
    const std::int64_t number = insert_entry(c, own.entry);
    if (number == 0) return;
    for (const std::string& cctld : std::set<std::string>(own.entry.cctlds.begin(), own.entry.cctlds.end()))
      insert_cctld(c, cctld, own.entry, number);
    if (own.question) insert_question(c, *own.question);
    insert_task(c, own.task, own.entry.decided);
    begun = true;
  });
  return begun;
}

bool SqlDuties::is_known(const std::string& task_key) {
  return database_.read([&](SqlConnection& c) {
    return !c.run("SELECT number FROM tasks WHERE key = ?1", {task_key}).empty();
  });
}

std::vector<Question> SqlDuties::reviews(const std::string& list) {
  const std::string from = reviews_of(list);
  const std::string behind = from.substr(0, from.size() - 1) + ";";  // the octet behind `:`
  return database_.read([&](SqlConnection& c) {
    return questions_in(c.run(joined({"SELECT ", kQuestionColumns,
                                      " FROM questions WHERE request_key >= ?1 AND request_key < ?2"
                                      " ORDER BY request_key, asked, number"}),
                              {from, behind}));
  });
}

std::optional<LedgerEntry> SqlDuties::newest_of(const std::string& list, const std::string& request,
                                                std::int64_t before) {
  return database_.read([&](SqlConnection& c) {
    // Of its kind there are few: found by that, and not by an index that begins with the list.
    return first_entry(c.run(joined({"SELECT ", kEntryColumns,
                                     " FROM ledger WHERE request = ?2 AND list || '' = ?1 AND decided < ?3"
                                     " ORDER BY number DESC LIMIT 1"}),
                             {list, request, before}));
  });
}

}  // namespace ccgate
