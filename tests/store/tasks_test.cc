#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::vector<std::string> keys(const std::vector<Task>& tasks) {
  std::vector<std::string> all;
  for (const Task& task : tasks) all.push_back(task.key);
  return all;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a task comes back as it was added, with its attempts counted") {
  const Place place;
  const auto store = place.open();
  Task task = sample_task("t1", "d1");
  task.kind = TaskKind::hook;
  task.question = "q";
  task.last_error = "none yet";
  store->add({}, {task});
  const auto tasks = store->claim("w", 1000, 60, 10);
  REQUIRE(tasks.size() == 1);
  task.number = tasks[0].number;
  task.attempts = 1;
  CHECK(tasks[0] == task);
}

TEST_CASE("tasks are claimed when they are due, the oldest first, by one worker") {
  const Place place;
  const auto store = place.open();
  store->add({}, {sample_task("c", "d1", 1200), sample_task("b", "d1", 1100), sample_task("a", "d1", 1100),
                  sample_task("d", "d1", 1300)});
  CHECK(store->backlog().waiting == 4);
  CHECK(store->backlog().oldest_due == 1100);
  CHECK(store->claim("w1", 1099, 60, 10).empty());
  CHECK(store->claim("w1", 1100, 60, 0).empty());
  CHECK(keys(store->claim("w1", 1250, 60, 2)) == Keys{"b", "a"});
  CHECK(keys(store->claim("w2", 1250, 60, 2)) == Keys{"c"});
  CHECK(store->claim("w3", 1250, 60, 2).empty());
  CHECK(store->backlog().waiting == 4);
  CHECK_THROWS_AS(store->claim("", 1250, 60, 2), StoreError);
}

TEST_CASE("what waits is counted by what became of it") {
  const Place place;
  const auto store = place.open();
  const Backlog nothing = store->backlog();
  CHECK((nothing.waiting == 0 && nothing.retrying == 0 && nothing.at_work == 0));
  CHECK((nothing.oldest_added == 0 && nothing.questions_open == 0));
  Question confirmed = sample_question("q2", "d1");
  confirmed.contact = "other@nic.example";
  confirmed.state = QuestionState::confirmed;
  store->record({sample_entry("d1"), {}, {}, {sample_question("q1", "d1"), confirmed}, {}});
  store->add({}, {sample_task("a", "d1", 1100), sample_task("b", "d1", 1200), sample_task("c", "d1", 1300)});
  const auto tasks = store->claim("w", 1250, 60, 10);
  REQUIRE(keys(tasks) == Keys{"a", "b"});
  CHECK(store->postpone(tasks[0], "w", 5000, "connection refused"));
  const Backlog backlog = store->backlog();
  CHECK(backlog.waiting == 3);
  CHECK(backlog.retrying == 1);
  CHECK(backlog.at_work == 1);
  CHECK(backlog.oldest_due == 1200);
  CHECK(backlog.oldest_added == 1100);
  CHECK(backlog.questions_open == 1);
  CHECK(store->finish(tasks[1], "w", {}, 1250, {}));
  CHECK(store->backlog().at_work == 0);
}

TEST_CASE("a task is added once, for ever") {
  const Place place;
  const auto store = place.open();
  store->add({}, {sample_task("t1", "d1"), sample_task("t1", "d1")});
  CHECK(store->backlog().waiting == 1);
  CHECK(store->is_open("t1"));
  const auto tasks = store->claim("w", 1000, 60, 10);
  REQUIRE(tasks.size() == 1);
  CHECK(store->is_open("t1"));
  CHECK(store->finish(tasks[0], "w", {}, 1000, {sample_task("t1", "d1"), sample_task("t2", "d1")}));
  CHECK_FALSE(store->is_open("t1"));
  CHECK(store->is_open("t2"));
  store->add({}, {sample_task("t1", "d1")});
  CHECK_FALSE(store->is_open("t1"));
  CHECK(keys(store->claim("w", 1000, 60, 10)) == Keys{"t2"});
}

TEST_CASE("a claim that was lost records nothing") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"), {}, {}, {}, {sample_task("t1", "d1")}});
  const LedgerEvent informed{.number = 0,
                             .decision_id = "d1",
                             .at = 1,
                             .kind = EventKind::informed,
                             .who = "hostmaster@nic.example",
                             .detail = ""};
  const auto first = store->claim("w1", 1000, 60, 10);
  REQUIRE(first.size() == 1);
  CHECK_FALSE(store->finish(first[0], "w2", {informed}, 1000, {}));
  CHECK(store->claim("w2", 1059, 60, 10).empty());

  SECTION("after its lease, while nobody else has it, it is ours still") {
    CHECK(store->finish(first[0], "w1", {informed}, 5000, {}));
    CHECK(store->events_of("d1").size() == 1);
    CHECK_FALSE(store->finish(first[0], "w1", {informed}, 5000, {}));
    CHECK(store->events_of("d1").size() == 1);
    return;
  }
  SECTION("another has it") {
    CHECK(store->claim("w2", 1060, 60, 10).at(0).attempts == 2);
  }
  SECTION("the same worker has it once more") {
    CHECK(store->claim("w1", 1060, 60, 10).at(0).attempts == 2);
  }
  CHECK_FALSE(store->finish(first[0], "w1", {informed}, 1061, {sample_task("t2", "d1")}));
  CHECK_FALSE(store->postpone(first[0], "w1", 2000, "late"));
  CHECK(store->events_of("d1").empty());
  CHECK_FALSE(store->is_open("t2"));
  CHECK(store->is_open("t1"));
}

TEST_CASE("a task is postponed with its reason") {
  const Place place;
  const auto store = place.open();
  store->add({}, {sample_task("t1", "d1")});
  const auto first = store->claim("w1", 1000, 60, 10);
  REQUIRE(first.size() == 1);
  CHECK(store->postpone(first[0], "w1", 1010, "connection refused"));
  CHECK(store->claim("w2", 1009, 60, 10).empty());
  const auto second = store->claim("w2", 1010, 60, 10);
  REQUIRE(second.size() == 1);
  CHECK(second[0].due == 1010);
  CHECK(second[0].attempts == 2);
  CHECK(second[0].last_error == "connection refused");
  CHECK(second[0].expires == first[0].expires);
  CHECK_FALSE(store->postpone(first[0], "w1", 1020, ""));
}

TEST_CASE("numbers at the edge do no harm") {
  const Place place;
  const auto store = place.open();
  Task task = sample_task("t1", "d1");
  task.due = INT64_MIN;
  task.expires = INT64_MAX;
  store->add({}, {task});
  CHECK(store->claim("w", INT64_MAX, INT64_MAX, SIZE_MAX).size() == 1);
  CHECK(store->backlog().oldest_due == INT64_MIN);
  CHECK(store->expire_questions(INT64_MAX).empty());
  CHECK(store->purge(INT64_MIN, SIZE_MAX) == 0);
}

TEST_CASE("what a wrong clock put far away is done all the same") {
  constexpr std::int64_t kDay = 86400;
  const Place place;
  const auto store = place.open();
  SECTION("a task that is due in a year") {
    store->add({}, {sample_task("t0", "d1", 1000 + 2 * kDay), sample_task("t1", "d1", 1000 + 365 * kDay)});
    CHECK(keys(store->claim("w", 1000, 60, 10)) == Keys{"t1"});
    CHECK(store->claim("w", 1000 + 2 * kDay - 1, 60, 10).size() == 1);  // t1, behind its lease
    CHECK(store->claim("w", 1000 + 2 * kDay, 60, 10).size() == 1);
  }
  SECTION("a claim that lasts for a year") {
    store->add({}, {sample_task("t1", "d1", 1000)});
    CHECK(store->claim("w1", 1000 + 365 * kDay, 900, 10).size() == 1);
    const auto tasks = store->claim("w2", 1000, 900, 10);
    REQUIRE(tasks.size() == 1);
    CHECK(store->finish(tasks[0], "w2", {}, 1000, {}));
  }
  SECTION("a claim by the clock of another machine that is ahead") {
    store->add({}, {sample_task("t1", "d1", 1000)});
    CHECK(store->claim("w1", 1000 + 900, 900, 10).size() == 1);
    CHECK(store->claim("w2", 1000, 900, 10).empty());
  }
}
