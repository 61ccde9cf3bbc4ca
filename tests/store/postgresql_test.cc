// What only a server does: go away, come back, and keep others waiting.
#include <atomic>
#include <mutex>
#include <thread>

#include "milter/store/sql_pq.h"
#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// Calls `body`, in PL/pgSQL, for each entry: when it is inserted, or when the transaction is committed.
void on_entry(const Place& place, const std::string& body, bool at_commit) {
  const auto sql = place.connect();
  sql->run("CREATE SEQUENCE calls");
  sql->run("CREATE FUNCTION on_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN " + body +
           " RETURN NULL; END'");
  sql->run(std::string("CREATE CONSTRAINT TRIGGER on_entry AFTER INSERT ON ledger DEFERRABLE INITIALLY ") +
           (at_commit ? "DEFERRED" : "IMMEDIATE") + " FOR EACH ROW EXECUTE FUNCTION on_entry()");
}
void on_entry_nothing(const Place& place) {
  place.connect()->run("DROP TRIGGER on_entry ON ledger");
}

const std::string kGoAway = "PERFORM pg_terminate_backend(pg_backend_pid());";
std::string the_first_time(const std::string& body) {
  return "IF nextval(''calls'') = 1 THEN " + body + " END IF;";
}

bool in_doubt(Store& store, const DecisionRecord& record) {
  try {
    store.record(record);
  } catch (const StoreError& error) {
    return error.in_doubt();
  }
  FAIL("nothing was thrown");
  return false;
}

const DecisionRecord kRecord{
    sample_entry("d1"), {"k"}, {}, {sample_question("q", "d1")}, {sample_task("t", "d1")}};

}  // namespace

TEST_CASE("a connection lost before the commit is replaced, once", "[postgresql]") {
  const Place place;
  const auto store = place.open();
  SECTION("the second try works") {
    on_entry(place, the_first_time(kGoAway), false);
    store->record(kRecord);
  }
  SECTION("it does not") {
    on_entry(place, kGoAway, false);
    CHECK_FALSE(in_doubt(*store, kRecord));
    on_entry_nothing(place);
    CHECK_FALSE(store->find_entry("d1"));
    store->record(kRecord);
  }
  CHECK(store->entries({}).size() == 1);
  CHECK(store->backlog().waiting == 1);
}

TEST_CASE("a connection lost while a commit was under way leaves it in doubt, and asking again tells",
          "[postgresql]") {
  const Place place;
  const auto store = place.open();
  on_entry(place, kGoAway, true);
  CHECK(in_doubt(*store, kRecord));
  on_entry_nothing(place);
  store->record(kRecord);
  store->record(kRecord);
  CHECK(store->entries({}).size() == 1);
  CHECK(store->questions_of("request-1").size() == 1);
}

TEST_CASE("transactions that got in each other's way are run again", "[postgresql]") {
  const Place place;
  const auto store = place.open();
  const std::string code = GENERATE("40001", "40P01");
  const std::string raise = "RAISE EXCEPTION ''in the way'' USING ERRCODE = ''" + code + "'';";
  SECTION("when inserting") {
    on_entry(place, the_first_time(raise), false);
  }
  SECTION("when committing") {
    on_entry(place, the_first_time(raise), true);
  }
  store->record(kRecord);
  CHECK(store->entries({}).size() == 1);
}

TEST_CASE("a server that was restarted is found again", "[postgresql]") {
  const Place place;
  const auto store = place.open();
  store->record(kRecord);
  order_server(GENERATE("restart", "crash"));
  CHECK(store->find_entry("d1"));
  store->record({sample_entry("d2"), {}, {}, {}, {}});
  CHECK(store->entries({}).size() == 2);
}

TEST_CASE("a server that crashes again and again loses nothing, and adds nothing twice", "[postgresql]") {
  const Place place;
  const auto store = place.open();
  constexpr int kThreads = 4;
  std::atomic<bool> over = false;
  std::atomic<int> recorded = 0, failed = 0;
  std::mutex mutex;
  std::vector<std::string> faults;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; !over; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        for (bool done = false; !done;) {
          bool doubt = false;
          try {
            store->record({sample_entry(id), {id}, {}, {}, {sample_task(id, id)}});
            ++recorded;
            done = true;
            continue;
          } catch (const StoreError& error) {
            doubt = error.in_doubt();
            ++failed;
          }
          for (;;) {
            try {
              const bool there = store->find_entry(id).has_value();
              if (there && !doubt) {
                const std::lock_guard lock(mutex);
                faults.push_back(id + " is there, though it was said not to be");
              }
              break;
            } catch (const StoreError&) {
              std::this_thread::yield();
            }
          }
        }
      }
    });
  for (int i = 0; i < 5; ++i) {
    const int before = recorded;
    while (recorded < before + 50) std::this_thread::yield();
    order_server("crash");
  }
  over = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(faults.empty());
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 999) == recorded);
  CHECK(store->backlog().waiting == recorded);
  CHECK(failed > 0);
}

TEST_CASE("nothing waits for ever, unless the URL says so", "[postgresql]") {
  const Place place;
  const auto setting = [](const std::string& url, const std::string& name) {
    return open_pq(url)->run("SELECT current_setting(?1)", {name}).at(0).text(0);
  };
  CHECK(setting(place.url(), "statement_timeout") == "5s");
  CHECK(setting(place.url(), "lock_timeout") == "4s");
  CHECK(setting(place.url(), "idle_in_transaction_session_timeout") == "10s");
  CHECK(setting(place.url(), "client_encoding") == "UTF8");
  CHECK(setting(place.url(), "application_name") == "ccgate");
  const std::string other =
      place.url() + "%20-cstatement_timeout%3D0%20-clock_timeout%3D50&application_name=x";
  CHECK(setting(other, "statement_timeout") == "0");
  CHECK(setting(other, "lock_timeout") == "50ms");
  CHECK(setting(other, "application_name") == "x");

  const auto store = open_store(other, StoreAccess::own);
  const auto holder = place.connect();
  holder->begin(SqlMode::write);
  holder->run("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE");
  CHECK_THROWS_WITH(store->record(kRecord), contains("lock timeout"));
  holder->rollback();
  store->record(kRecord);
}

TEST_CASE("a row is shown when all before it are decided", "[postgresql]") {
  const Place place;
  const auto store = place.open();
  store->record(kRecord);
  const auto slow = place.connect();
  slow->begin(SqlMode::append);
  std::size_t shown = 0;
  std::thread reader([&] {
    (void)store->entries({});
    shown = store->questions_by_decision("d1").size();
  });
  const auto sql = place.connect();
  while (sql->run("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").empty())
    std::this_thread::yield();
  slow->run(
      "INSERT INTO questions (id, request_key, decision_id, list, contact, cctlds, asked, expires, state,"
      " answered) VALUES ('late', '', 'd1', '', '', '[]', 0, 0, 'refused', 0)");
  slow->commit();
  reader.join();
  CHECK(shown == 2);  // that of kRecord, and the late one
}

TEST_CASE("what is told of a server has no password", "[postgresql]") {
  CHECK(shown_pq_url("postgresql://anne:secret@db.example:5433/ccgate?sslmode=require") ==
        "postgresql://db.example:5433/ccgate");
  CHECK(shown_pq_url("postgresql:///ccgate?host=/run/pg&password=secret") ==
        "postgresql:///ccgate?host=/run/pg");
  CHECK(shown_pq_url("postgresql://a.example,b.example/ccgate") == "postgresql://a.example,b.example/ccgate");
  try {
    (void)open_store("postgresql://anne:secret@/ccgate?host=/nowhere", StoreAccess::own);
    FAIL("it was opened");
  } catch (const StoreError& error) {
    CHECK_THAT(error.what(), contains("postgresql:///ccgate?host=/nowhere: "));
    CHECK_THAT(error.what(), contains("No such file or directory"));
    CHECK_THAT(error.what(), !contains("secret"));
  }
}

TEST_CASE("a database in another encoding is refused", "[postgresql]") {
  const Place place;
  const auto sql = place.connect();
  sql->run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
  std::string url = place.url();
  url.replace(url.find("/postgres?"), 10, "/latin?");
  CHECK_THROWS_WITH(open_store(url, StoreAccess::own), contains("in another encoding than UTF8"));
  sql->run("DROP DATABASE latin WITH (FORCE)");
}
