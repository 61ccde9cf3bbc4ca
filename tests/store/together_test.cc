// Several threads, and two openings of the same store as two processes have them.
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr int kThreads = 8;

/// Runs `work` in eight threads, each with its number and one of two stores. What they threw, if they did.
std::set<std::string> together(const Place& place, const std::function<void(Store&, int)>& work) {
  const auto first = place.open(), second = place.open();
  std::mutex mutex;
  std::set<std::string> errors;
  std::atomic<int> ready = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&, i] {
      for (++ready; ready < kThreads;) std::this_thread::yield();
      try {
        work(i % 2 == 0 ? *first : *second, i);
      } catch (const std::exception& error) {
        const std::lock_guard lock(mutex);
        errors.insert(error.what());
      }
    });
  for (std::thread& thread : threads) thread.join();
  return errors;
}

const std::set<std::string> kNone;

}  // namespace

TEST_CASE("an empty store is made by several at once") {
  const Place place;
  CHECK(together(place, [&](Store&, int i) {
          place.open()->record({sample_entry("d" + std::to_string(i)), {}, {}, {}, {}});
        }) == kNone);
  const Place empty;
  std::vector<std::thread> threads;
  std::atomic<int> made = 0;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      try {
        empty.open();
        ++made;
      } catch (const std::exception& error) {
        UNSCOPED_INFO(error.what());
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(made == kThreads);
}

TEST_CASE("decisions recorded together are all there, and ask a contact once") {
  const Place place;
  constexpr int kEach = 20;
  CHECK(together(place, [](Store& store, int thread) {
          for (int i = 0; i < kEach; ++i) {
            const std::string id = std::to_string(thread) + "-" + std::to_string(i);
            store.record({sample_entry(id), {"k"}, {}, {sample_question(id, id)}, {sample_task(id, id)}});
            if (!store.seen_before("tld-ops", {"k"}, 0)) throw std::logic_error("it is not there");
          }
        }) == kNone);
  const auto store = place.open();
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 999) == kThreads * kEach);
  CHECK(store->questions_of("request-1").size() == 1);
  CHECK(store->backlog().waiting == kThreads * kEach);
}

TEST_CASE("the same decision recorded by all is recorded once") {
  const Place place;
  CHECK(
      together(place, [](Store& store, int) {
        store.record({sample_entry("d1"), {"k"}, {}, {sample_question("q", "d1")}, {sample_task("t", "d1")}});
      }) == kNone);
  CHECK(place.open()->entries({}).size() == 1);
}

TEST_CASE("a decision that is refused takes none with it that is recorded at the same time") {
  const Place place;
  constexpr int kEach = 20;
  place.open()->record({sample_entry("taken"), {}, {}, {}, {}});
  LedgerEntry other = sample_entry("taken");
  other.verdict = "reject";
  std::atomic<int> refused = 0;
  CHECK(together(place, [&](Store& store, int thread) {
          for (int i = 0; i < kEach; ++i) {
            if (thread > 1) {
              store.record({sample_entry(std::to_string(thread) + "-" + std::to_string(i)), {}, {}, {}, {}});
              continue;
            }
            try {
              store.record({other, {}, {}, {}, {sample_task(std::to_string(i), "taken")}});
            } catch (const StoreError&) {
              ++refused;
            }
          }
        }) == kNone);
  CHECK(refused == 2 * kEach);
  const auto store = place.open();
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 999) == (kThreads - 2) * kEach + 1);
  CHECK(store->backlog().waiting == 0);
}

TEST_CASE("who follows the ledger misses nothing") {
  const Place place;
  constexpr int kEach = 20;
  std::atomic<int> writing = kThreads - 1;
  std::int64_t row = 0;
  std::set<std::string> seen;
  place.open()->record({sample_entry("first"), {}, {}, {}, {}});
  CHECK(together(place, [&](Store& store, int thread) {
          for (int i = 0; i < kEach && thread > 0; ++i)
            store.record({sample_entry(std::to_string(thread) + "-" + std::to_string(i)), {}, {}, {}, {}});
          if (thread > 0) {
            --writing;
            return;
          }
          for (bool last = false; !last;) {
            last = writing == 0;
            LedgerFilter filter;
            filter.after_row = row;
            filter.limit = 1000;  // the last look has to see all that is left
            for (const LedgerRow& found : store.entries(filter)) {
              if (found.row <= row) throw std::logic_error("rows fall");
              row = found.row;
              seen.insert(found.entry.id);
            }
          }
        }) == kNone);
  CHECK(seen.size() == (kThreads - 1) * kEach + 1);
}

TEST_CASE("a token is taken by one of all") {
  const Place place;
  constexpr int kTokens = 20;
  {
    const auto store = place.open();
    store->record({sample_entry("d1"), {}, {}, {}, {}});
    for (int i = 0; i < kTokens; ++i) {
      const std::string id = std::to_string(i);
      Question question = sample_question(id, "d1");
      question.request_key = id;
      store->record({sample_entry("d1-" + id), {}, {}, {question}, {}});
      Token token = sample_token("a" + id, TokenPurpose::confirm, "d1");
      token.question = id;
      store->add_token(token, 1000);
      token.hash = "b" + id;
      store->add_token(token, 1000);
      store->add_token(sample_token("o" + id, TokenPurpose::object, "d1"), 1000);
    }
  }
  std::mutex mutex;
  std::map<std::string, int> done;
  CHECK(together(place, [&](Store& store, int thread) {
          for (int i = 0; i < kTokens; ++i) {
            const std::string id = std::to_string(i);
            const std::string hash = (thread < 4 ? "a" : "b") + id;  // two tokens of one question
            const auto answer = store.answer(hash, "tld-ops", QuestionState::confirmed, "", 1500, {});
            const auto objection = store.object("o" + id, "tld-ops", "", 1500, {});
            const std::lock_guard lock(mutex);
            if (answer.outcome == TokenUse::Outcome::done) ++done["question " + id];
            if (objection.outcome == TokenUse::Outcome::done) ++done["objection " + id];
          }
        }) == kNone);
  CHECK(done.size() == 2 * kTokens);
  for (const auto& [what, times] : done) CHECK(times == 1);
}

TEST_CASE("a task is claimed by one of all, and finished once") {
  const Place place;
  constexpr int kTasks = 100;
  {
    std::vector<Task> tasks;
    for (int i = 0; i < kTasks; ++i) tasks.push_back(sample_task(std::to_string(i), "d1"));
    place.open()->add({}, tasks);
  }
  std::mutex mutex;
  std::map<std::string, int> done;
  CHECK(together(place, [&](Store& store, int thread) {
          const std::string worker = "w" + std::to_string(thread);
          while (store.backlog().waiting > 0)
            for (const Task& task : store.claim(worker, 1000, 60, 3)) {
              if (!store.finish(task, worker, {}, 1000, {})) throw std::logic_error("claim lost");
              const std::lock_guard lock(mutex);
              ++done[task.key];
            }
        }) == kNone);
  CHECK(done.size() == kTasks);
  for (const auto& [key, times] : done) CHECK(times == 1);
}

TEST_CASE("questions expire, and entries are purged, once among all") {
  const Place place;
  constexpr int kEntries = 40;
  {
    const auto store = place.open();
    for (int i = 0; i < kEntries; ++i) {
      Question question = sample_question("q" + std::to_string(i), "d" + std::to_string(i));
      question.request_key = question.id;
      store->record({sample_entry(question.decision_id), {}, {}, {question}, {}});
    }
  }
  std::atomic<std::int64_t> over = 0, purged = 0;
  CHECK(together(place, [&](Store& store, int) {
          over += static_cast<std::int64_t>(store.expire_questions(2001).size());
          while (!store.entries({}).empty()) purged += store.purge(2001, 3);
        }) == kNone);
  CHECK(over == kEntries);
  CHECK(purged == kEntries);
}

TEST_CASE("one message at several daemons at once is decided once") {
  const Place place;
  std::atomic<int> kept = 0;
  CHECK(together(place, [&](Store& store, int i) {
          const std::string id = "d" + std::to_string(i);
          if (store.record({sample_entry(id), {"k" + std::to_string(i), "same"}, {}, {}, {}, {{0, ""}}}) ==
              Recorded::yes)
            ++kept;
        }) == kNone);
  CHECK(kept == 1);
  CHECK(place.open()->entries({}).size() == 1);
}

TEST_CASE("of a hundred requests at once exactly as many ask a contact as may") {
  const Place place;
  constexpr int kEach = 13, kMost = 20;
  std::atomic<int> asked = 0, over = 0;
  CHECK(together(place, [&](Store& store, int thread) {
          for (int i = 0; i < kEach; ++i) {
            const std::string id = std::to_string(thread) + "-" + std::to_string(i);
            DecisionRecord record{sample_entry(id), {}, {}, {sample_question(id, id)}, {sample_task(id, id)}};
            record.questions[0].request_key = id;
            record.budgets = {{"contact", kMost, id}, {"all", 1'000'000}};
            ++(store.record(record) == Recorded::yes ? asked : over);
          }
        }) == kNone);
  CHECK(asked == kMost);
  CHECK(over == kThreads * kEach - kMost);
  CHECK(place.open()->backlog().waiting == kMost);
  CHECK(place.connect()->run("SELECT count(*) FROM spent WHERE budget = 'all'").at(0).integer(0) == kMost);
}

TEST_CASE("the same decision recorded by all uses its budget once") {
  const Place place;
  CHECK(together(place, [](Store& store, int) {
          DecisionRecord record{sample_entry("d1"), {}, {}, {}, {}};
          record.budgets = {{"contact", 1}};
          if (store.record(record) != Recorded::yes) throw std::logic_error("counted twice");
        }) == kNone);
}

TEST_CASE("a yes lets a request in or is withdrawn, and never both") {
  const Place place;
  constexpr int kRequests = 20;
  {
    const auto store = place.open();
    for (int i = 0; i < kRequests; ++i) {
      const std::string id = std::to_string(i);
      Question question = sample_question(id, "asked-" + id);
      question.request_key = id;
      store->record({sample_entry(question.decision_id), {}, {}, {question}, {}});
      Token token = sample_token("t" + id, TokenPurpose::confirm, question.decision_id);
      token.question = id;
      store->add_token(token, 1000);
      store->answer("t" + id, "tld-ops", QuestionState::confirmed, "", 1100, {});
    }
  }
  std::mutex mutex;
  std::map<std::string, std::set<std::string>> became;
  CHECK(together(place, [&](Store& store, int thread) {
          for (int i = 0; i < kRequests; ++i) {
            const std::string id = std::to_string(i);
            std::string what;
            if (thread < kThreads / 2) {
              DecisionRecord record{sample_entry(id + "-" + std::to_string(thread)), {}, {}, {}, {}};
              record.rests_on = {sample_question(id, "")};
              record.rests_on[0].request_key = id;
              what = store.record(record) == Recorded::yes ? "let in" : "withdrawn";
            } else {
              const auto use = store.answer("t" + id, "tld-ops", QuestionState::refused, "", 1200, {});
              what = use.outcome == TokenUse::Outcome::let_in ? "let in" : "withdrawn";
            }
            const std::lock_guard lock(mutex);
            became[id].insert(what);
          }
        }) == kNone);
  CHECK(became.size() == kRequests);
  for (const auto& [id, what] : became) {
    INFO(id);
    CHECK(what.size() == 1);
  }
}
