#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

LedgerEntry entry_of_status(const std::string& id, std::int64_t decided, const std::string& verdict,
                            const std::string& ground) {
  LedgerEntry entry = sample_entry(id, decided);
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.cctlds = {"xa", "xb"};
  entry.author_domain = "nic.xa";
  entry.verdict = verdict;
  entry.ground = ground;
  return entry;
}

void keep_held(Store& store, const std::string& id, std::int64_t decided) {
  DecisionRecord record;
  record.entry = entry_of_status(id, decided, "hold", "rule");
  record.events = {{0, id, decided, EventKind::held, "", "reason of " + id}};
  (void)store.record(record);
}

std::vector<std::string> ids_of(const std::vector<HeldMail>& held) {
  std::vector<std::string> ids;
  for (const HeldMail& each : held) ids.push_back(each.entry.id);
  return ids;
}

using HeldIds = std::vector<std::string>;

}  // namespace

TEST_CASE("what is held is held until somebody says otherwise") {
  const Place place;
  const auto store = place.open();
  for (const char* id : {"h1", "h2", "h3"}) keep_held(*store, id, 1000);
  keep_held(*store, "old", 10);
  (void)store->record({entry_of_status("r1", 1000, "reject", "outsider"), {}, {}, {}, {}});
  CHECK(ids_of(store->held(100, 10)) == HeldIds{"h1", "h2", "h3"});
  CHECK(ids_of(store->held(100, 2)) == HeldIds{"h2", "h3"});
  CHECK(store->held(100, 10)[0].reason == "reason of h1");
  CHECK(store->held(100, 10)[0].at == 1000);
  CHECK(store->held(100, 10)[0].entry == *store->find_entry("h1"));
  store->add({{0, "h1", 1001, EventKind::informed, "owner@lists.example", "250"}}, {});
  store->add({{0, "h2", 1001, EventKind::released, "", "it was fine"}}, {});
  CHECK(ids_of(store->held(100, 10)) == HeldIds{"h1", "h3"});
  CHECK(ids_of(store->held_untold("tld-ops", 100, 10)) == HeldIds{"h3"});
  CHECK(store->held_untold("other", 100, 10).empty());
}

TEST_CASE("questions that wait") {
  const Place place;
  const auto store = place.open();
  DecisionRecord record;
  record.entry = entry_of_status("d1", 1000, "ask", "contact_asked");
  const auto question = [](const std::string& id, const std::string& contact, std::int64_t expires) {
    Question one = sample_question(id, "d1");
    one.contact = contact;
    one.request_key = "k1";
    one.state = QuestionState::open;
    one.asked = 1000;
    one.answered = one.let_in = 0;
    one.expires = expires;
    return one;
  };
  record.questions = {question("q1", "a@nic.xa", 5000), question("q2", "b@nic.xb", 2000)};
  Task task = sample_task("ask:q1", "d1");
  task.kind = TaskKind::ask;
  task.question = "q1";
  task.payload = "as it was";
  record.tasks = {task};
  REQUIRE(store->record(record) == Recorded::yes);

  REQUIRE(store->open_questions(1500, 10).size() == 2);
  CHECK(store->open_questions(1500, 1).size() == 1);
  CHECK(store->open_questions(3000, 10).size() == 1);

  REQUIRE(store->finish(store->claim("w", 1500, 60, 1).at(0), "w", {}, 1500, {}));
  CHECK(store->ask_again("q1", "ask:q1:again:1", 1600));
  CHECK_FALSE(store->ask_again("q1", "ask:q1:again:1", 1601));
  CHECK_FALSE(store->ask_again("none", "ask:none:again:1", 1600));
  CHECK_FALSE(store->ask_again("q2", "ask:q2:again:1", 3000));
  const Task again = store->claim("w", 1700, 60, 10).at(0);
  CHECK(again.kind == TaskKind::ask);
  CHECK(again.question == "q1");
  CHECK(again.to == "a@nic.xa");
  CHECK(again.payload == "as it was");
  CHECK(again.expires == 5000);

  CHECK(store->cancel_question("q1", "taken back", 1800));
  CHECK_FALSE(store->cancel_question("q1", "taken back", 1801));
  const auto cancelled = store->find_question("q1");
  CHECK(cancelled->state == QuestionState::expired);
  CHECK(cancelled->answered == 1800);
  CHECK(store->events_of("d1").back().kind == EventKind::expired);
  CHECK(store->events_of("d1").back().detail == "taken back");
  CHECK_FALSE(store->ask_again("q1", "ask:q1:again:2", 1900));
}

TEST_CASE("decisions are counted by what they have in common") {
  const Place place;
  const auto store = place.open();
  (void)store->record({entry_of_status("a", 1000, "accept", "rule"), {}, {}, {}, {}});
  (void)store->record({entry_of_status("b", 90000, "accept", "contact_in_copy"), {}, {}, {}, {}});
  (void)store->record({entry_of_status("c", 90001, "reject", "rule"), {}, {}, {}, {}});
  (void)store->record({entry_of_status("d", 90002, "accept", "rule"), {}, {}, {}, {}});
  using Counts = std::vector<GroupCount>;
  const LedgerFilter all;
  CHECK(store->count_groups(all, LedgerGroup::ground, 10) ==
        Counts{{"rule", "accept", 2}, {"contact_in_copy", "accept", 1}, {"rule", "reject", 1}});
  CHECK(store->count_groups(all, LedgerGroup::ground, 1).size() == 1);
  CHECK(store->count_groups(all, LedgerGroup::day, 10) ==
        Counts{{"86400", "accept", 2}, {"0", "accept", 1}, {"86400", "reject", 1}});
  CHECK(store->count_groups(all, LedgerGroup::cctld, 10) ==
        Counts{{"xa", "accept", 3}, {"xb", "accept", 3}, {"xa", "reject", 1}, {"xb", "reject", 1}});
  CHECK(store->count_groups(all, LedgerGroup::author_domain, 10) ==
        Counts{{"nic.xa", "accept", 3}, {"nic.xa", "reject", 1}});
  LedgerFilter some;
  some.verdict = "accept";
  some.since = 2000;
  some.cctld = "xb";
  CHECK(store->count_groups(some, LedgerGroup::cctld, 10) == Counts{{"xb", "accept", 2}});
  some.list = "other";
  CHECK(store->count_groups(some, LedgerGroup::ground, 10).empty());
}
