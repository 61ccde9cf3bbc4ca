#include "milter/store/retrying_store.h"

#include "milter/store/patience.h"

namespace ccgate {

namespace {

constexpr std::chrono::seconds kPause{1};
constexpr std::chrono::seconds kPatience{5};  // without a StorePatience

}  // namespace

void RetryingStore::open() noexcept {
  std::unique_ptr<Store> store;
  std::string why;
  try {
    store = open_();
  } catch (const std::exception& error) {
    why = error.what();
  }
  const std::lock_guard lock(mutex_);
  store_ = std::move(store);
  why_ = std::move(why);
  tried_ = StoreClock::now();
  opening_ = false;
  ended_.notify_all();
}

Store& RetryingStore::opened(StoreClock::time_point end) {
  std::unique_lock lock(mutex_);
  if (store_) return *store_;
  if (!opening_) {
    if (tried_ && StoreClock::now() < *tried_ + kPause) throw StoreError(why_, false);
    try {
      opener_ = std::jthread([this] { open(); });  // the one before has ended
    } catch (const std::system_error& error) {
      throw StoreError(error.what(), false);
    }
    opening_ = true;
  }
  if (!ended_.wait_until(lock, end, [this] { return !opening_; }))
    throw StoreError("the store is being opened", false);
  if (!store_) throw StoreError(why_, false);
  return *store_;
}

template <class Ask>
auto RetryingStore::ask(const Ask& ask) {
  const StoreWait wait(kPatience);
  return ask(opened(wait.end()));
}

void RetryingStore::begin_to_open(std::chrono::milliseconds patience) {
  try {
    (void)opened(StoreClock::now() + patience);
  } catch (const StoreError&) {
    // The next who asks is told.
  }
}

std::optional<LedgerEntry> RetryingStore::seen_before(const std::string& list,
                                                      const std::vector<std::string>& replay_keys,
                                                      std::int64_t since) {
  return ask([&](Store& store) { return store.seen_before(list, replay_keys, since); });
}

std::int64_t RetryingStore::count_by_author_domain(const std::string& list, const std::string& author_domain,
                                                   std::int64_t since, std::int64_t most) {
  return ask([&](Store& store) { return store.count_by_author_domain(list, author_domain, since, most); });
}

std::int64_t RetryingStore::count_by_cctld(const std::string& list, const std::string& cctld,
                                           std::int64_t since, std::int64_t most) {
  return ask([&](Store& store) { return store.count_by_cctld(list, cctld, since, most); });
}

std::vector<Question> RetryingStore::questions_of(const std::string& request_key) {
  return ask([&](Store& store) { return store.questions_of(request_key); });
}

std::optional<std::int64_t> RetryingStore::objected(const std::string& request_key, std::int64_t since) {
  return ask([&](Store& store) { return store.objected(request_key, since); });
}

Recorded RetryingStore::record(const DecisionRecord& record) {
  return ask([&](Store& store) { return store.record(record); });
}

void RetryingStore::add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) {
  ask([&](Store& store) { store.add(events, tasks); });
}

void RetryingStore::add_token(const Token& token, std::int64_t now) {
  ask([&](Store& store) { store.add_token(token, now); });
}

std::optional<Token> RetryingStore::find_token(const std::string& hash) {
  return ask([&](Store& store) { return store.find_token(hash); });
}

TokenUse RetryingStore::answer(const std::string& hash, const std::string& list, QuestionState state,
                               const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) {
  return ask([&](Store& store) { return store.answer(hash, list, state, detail, now, tasks); });
}

TokenUse RetryingStore::object(const std::string& hash, const std::string& list, const std::string& detail,
                               std::int64_t now, const std::vector<Task>& tasks) {
  return ask([&](Store& store) { return store.object(hash, list, detail, now, tasks); });
}

TokenUse RetryingStore::bounce(const std::string& hash, const std::string& list, const std::string& detail,
                               std::int64_t now, const std::vector<Task>& tasks) {
  return ask([&](Store& store) { return store.bounce(hash, list, detail, now, tasks); });
}

std::vector<Task> RetryingStore::claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                                       std::size_t count) {
  return ask([&](Store& store) { return store.claim(worker, now, lease, count); });
}

bool RetryingStore::finish(const Task& task, const std::string& worker,
                           const std::vector<LedgerEvent>& events, std::int64_t now,
                           const std::vector<Task>& follow_up) {
  return ask([&](Store& store) { return store.finish(task, worker, events, now, follow_up); });
}

bool RetryingStore::postpone(const Task& task, const std::string& worker, std::int64_t due,
                             const std::string& error) {
  return ask([&](Store& store) { return store.postpone(task, worker, due, error); });
}

bool RetryingStore::is_open(const std::string& task_key) {
  return ask([&](Store& store) { return store.is_open(task_key); });
}

std::vector<LedgerEntry> RetryingStore::digest(const std::string& key) {
  return ask([&](Store& store) { return store.digest(key); });
}

std::optional<Question> RetryingStore::find_question(const std::string& id) {
  return ask([&](Store& store) { return store.find_question(id); });
}

Backlog RetryingStore::backlog() {
  return ask([&](Store& store) { return store.backlog(); });
}

std::optional<LedgerEntry> RetryingStore::find_entry(const std::string& id) {
  return ask([&](Store& store) { return store.find_entry(id); });
}

std::vector<LedgerRow> RetryingStore::entries(const LedgerFilter& filter) {
  return ask([&](Store& store) { return store.entries(filter); });
}

std::vector<LedgerEvent> RetryingStore::events_of(const std::string& decision_id) {
  return ask([&](Store& store) { return store.events_of(decision_id); });
}

std::vector<Question> RetryingStore::questions_by_decision(const std::string& decision_id) {
  return ask([&](Store& store) { return store.questions_by_decision(decision_id); });
}

std::vector<Question> RetryingStore::expire_questions(std::int64_t now) {
  return ask([&](Store& store) { return store.expire_questions(now); });
}

std::int64_t RetryingStore::purge(std::int64_t now, std::size_t limit) {
  return ask([&](Store& store) { return store.purge(now, limit); });
}

}  // namespace ccgate
