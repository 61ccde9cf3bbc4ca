#include "milter/store/retrying_store.h"

namespace ccgate {

Store& RetryingStore::opened() {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::seconds kPause{1};
  {
    const std::lock_guard lock(mutex_);
    if (store_) return *store_;
    if (opening_) throw StoreError("the store is being opened", false);
    if (tried_ && Clock::now() < *tried_ + kPause) throw StoreError(why_, false);
    opening_ = true;
  }
  // Nobody waits for the one who opens it.
  std::unique_ptr<Store> store;
  std::string why;
  try {
    store = open_();
  } catch (const std::exception& error) {
    why = error.what();
  }
  const std::lock_guard lock(mutex_);
  opening_ = false;
  tried_ = Clock::now();
  why_ = why;
  if (!store) throw StoreError(why, false);
  store_ = std::move(store);
  return *store_;
}

std::optional<LedgerEntry> RetryingStore::seen_before(const std::string& list,
                                                      const std::vector<std::string>& replay_keys,
                                                      std::int64_t since) {
  return opened().seen_before(list, replay_keys, since);
}

std::int64_t RetryingStore::count_by_author_domain(const std::string& list, const std::string& author_domain,
                                                   std::int64_t since) {
  return opened().count_by_author_domain(list, author_domain, since);
}

std::int64_t RetryingStore::count_by_cctld(const std::string& list, const std::string& cctld,
                                           std::int64_t since) {
  return opened().count_by_cctld(list, cctld, since);
}

std::int64_t RetryingStore::count_mails_to(const std::string& to, std::int64_t since) {
  return opened().count_mails_to(to, since);
}

std::vector<Question> RetryingStore::questions_of(const std::string& request_key) {
  return opened().questions_of(request_key);
}

std::optional<std::int64_t> RetryingStore::objected(const std::string& request_key, std::int64_t since) {
  return opened().objected(request_key, since);
}

bool RetryingStore::record(const DecisionRecord& record) {
  return opened().record(record);
}

void RetryingStore::add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) {
  opened().add(events, tasks);
}

void RetryingStore::add_token(const Token& token, std::int64_t now) {
  opened().add_token(token, now);
}

std::optional<Token> RetryingStore::find_token(const std::string& hash) {
  return opened().find_token(hash);
}

TokenUse RetryingStore::answer(const std::string& hash, const std::string& list, QuestionState state,
                               const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) {
  return opened().answer(hash, list, state, detail, now, tasks);
}

TokenUse RetryingStore::object(const std::string& hash, const std::string& list, const std::string& detail,
                               std::int64_t now, const std::vector<Task>& tasks) {
  return opened().object(hash, list, detail, now, tasks);
}

std::vector<Task> RetryingStore::claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                                       std::size_t count) {
  return opened().claim(worker, now, lease, count);
}

bool RetryingStore::finish(const Task& task, const std::string& worker,
                           const std::vector<LedgerEvent>& events, std::int64_t now,
                           const std::vector<Task>& follow_up) {
  return opened().finish(task, worker, events, now, follow_up);
}

bool RetryingStore::postpone(const Task& task, const std::string& worker, std::int64_t due,
                             const std::string& error) {
  return opened().postpone(task, worker, due, error);
}

bool RetryingStore::is_open(const std::string& task_key) {
  return opened().is_open(task_key);
}

std::vector<LedgerEntry> RetryingStore::digest(const std::string& key) {
  return opened().digest(key);
}

std::optional<Question> RetryingStore::find_question(const std::string& id) {
  return opened().find_question(id);
}

Backlog RetryingStore::backlog() {
  return opened().backlog();
}

std::optional<LedgerEntry> RetryingStore::find_entry(const std::string& id) {
  return opened().find_entry(id);
}

std::vector<LedgerRow> RetryingStore::entries(const LedgerFilter& filter) {
  return opened().entries(filter);
}

std::vector<LedgerEvent> RetryingStore::events_of(const std::string& decision_id) {
  return opened().events_of(decision_id);
}

std::vector<Question> RetryingStore::questions_by_decision(const std::string& decision_id) {
  return opened().questions_by_decision(decision_id);
}

std::vector<Question> RetryingStore::expire_questions(std::int64_t now) {
  return opened().expire_questions(now);
}

std::int64_t RetryingStore::purge(std::int64_t now, std::size_t limit) {
  return opened().purge(now, limit);
}

}  // namespace ccgate
