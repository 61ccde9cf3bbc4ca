#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::vector<std::string> ids(const std::vector<LedgerRow>& rows) {
  std::vector<std::string> all;
  for (const LedgerRow& row : rows) all.push_back(row.entry.id);
  return all;
}

LedgerEvent event(const std::string& decision_id, EventKind kind, std::int64_t at,
                  const std::string& detail) {
  return {.number = 0,
          .decision_id = decision_id,
          .at = at,
          .kind = kind,
          .who = "hostmaster@nic.example",
          .detail = detail};
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an entry comes back as it was recorded, also from another opening") {
  const Place place;
  const LedgerEntry entry = sample_entry("d1");
  place.open()->record({entry, {}, {}, {}, {}});
  CHECK(place.open()->find_entry("d1") == entry);
  CHECK(place.open(StoreAccess::read)->find_entry("d1") == entry);
  CHECK_FALSE(place.open()->find_entry("d2"));
  LedgerEntry bare;
  bare.id = "bare";
  place.open()->record({bare, {}, {}, {}, {}});
  CHECK(place.open()->find_entry("bare") == bare);
}

TEST_CASE("recording the same decision again adds nothing, another one of its id is refused") {
  const Place place;
  const auto store = place.open();
  const DecisionRecord record{sample_entry("d1"),
                              {"k1", "k1"},
                              {event("d1", EventKind::informed, 1000, "")},
                              {sample_question("q1", "d1")},
                              {sample_task("t1", "d1")}};
  store->record(record);
  store->record(record);
  CHECK(store->entries({}).size() == 1);
  CHECK(store->events_of("d1").size() == 1);
  CHECK(store->questions_of("request-1").size() == 1);
  CHECK(store->backlog().waiting == 1);
  DecisionRecord other = record;
  other.entry.verdict = "reject";
  other.tasks.push_back(sample_task("t2", "d1"));
  CHECK_THROWS_WITH(store->record(other), contains("another decision `d1` is recorded already"));
  CHECK(store->backlog().waiting == 1);
}

TEST_CASE("all of a record is kept or nothing") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"), {}, {}, {sample_question("q1", "d1")}, {}});
  Question same_id = sample_question("q1", "d2");
  same_id.contact = "another@nic.example";
  CHECK_THROWS_AS(store->record({sample_entry("d2"), {"k2"}, {}, {same_id}, {sample_task("t2", "d2")}}),
                  StoreError);
  CHECK_FALSE(store->find_entry("d2"));
  CHECK_FALSE(store->seen_before("tld-ops", {"k2"}, 0));
  CHECK(store->backlog().waiting == 0);
}

TEST_CASE("a text that is no text is refused before anything is written") {
  const Place place;
  const auto store = place.open();
  const std::string bad = GENERATE(std::string("a\0b", 3), std::string("a\xff"), std::string("\xed\xa0\x80"));
  LedgerEntry entry = sample_entry("d1");
  SECTION("in the entry") {
    entry.helo = bad;
  }
  SECTION("in a list of it") {
    entry.recipients.push_back(bad);
  }
  CHECK_THROWS_AS(
      store->record({entry, {}, {}, {}, {sample_task(entry == sample_entry("d1") ? bad : "t", "d1")}}),
      StoreError);
  CHECK(store->entries({}).empty());
  CHECK_THROWS_AS(store->find_entry(bad), StoreError);
}

TEST_CASE("a message is known again on its list, by the newest decision that was one") {
  const Place place;
  const auto store = place.open();
  LedgerEntry entry = sample_entry("old", 1000);
  store->record({entry, {"k1", "k2"}, {}, {}, {}});
  store->record({sample_entry("new", 2000), {"k2", "k3"}, {}, {}, {}});
  LedgerEntry later = sample_entry("tempfailed", 3000);
  later.verdict = "tempfail";
  store->record({later, {"k1", "k2"}, {}, {}, {}});
  const auto seen = [&](const std::string& list, const std::vector<std::string>& keys, std::int64_t since) {
    const auto found = store->seen_before(list, keys, since);
    return found ? found->id : "";
  };
  CHECK(seen("tld-ops", {"k1"}, 1000) == "old");
  CHECK(seen("tld-ops", {"k1"}, 1001).empty());
  CHECK(seen("tld-ops", {"k2"}, 0) == "new");
  CHECK(seen("tld-ops", {"k3", "k1"}, 0) == "new");
  CHECK(seen("tld-ops", {"k1", "k3"}, 0) == "new");
  CHECK(seen("other", {"k1"}, 0).empty());
  CHECK(seen("tld-ops", {"none"}, 0).empty());
  CHECK(seen("tld-ops", {}, 0).empty());
}

TEST_CASE("a decision about a message that was decided meanwhile is not kept") {
  const Place place;
  const auto store = place.open();
  const auto record = [](const std::string& id, const std::string& seen) {
    return DecisionRecord{sample_entry(id, 1000),       {"k1", "k2"}, {}, {},
                          {sample_task("t-" + id, id)}, {{500, seen}}};
  };
  CHECK(store->record(record("first", "")) == Recorded::yes);
  CHECK(store->record(record("first", "")) == Recorded::yes);
  CHECK(store->record(record("second", "")) == Recorded::seen_meanwhile);
  CHECK_FALSE(store->find_entry("second"));
  CHECK(store->backlog().waiting == 1);
  CHECK(store->record(record("second", "first")) == Recorded::yes);
  CHECK(store->record(record("third", "first")) == Recorded::seen_meanwhile);
  CHECK(store->record(record("first", "")) == Recorded::yes);
  DecisionRecord later = record("third", "");
  later.seen->since = 1001;
  CHECK(store->record(later) == Recorded::yes);
}

TEST_CASE("decisions are counted by author domain and by ccTLD") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1", 1000), {}, {}, {}, {}});
  LedgerEntry entry = sample_entry("d2", 2000);
  entry.cctlds = {"xa"};
  store->record({entry, {}, {}, {}, {}});
  store->add({event("d1", EventKind::repeated, 2500, "")}, {});
  entry = sample_entry("d3", 3000);
  entry.list = "other";
  store->record({entry, {}, {}, {}, {}});
  entry = sample_entry("d4", 3000);
  entry.author_domain = "";  // anybody may have written it
  store->record({entry, {}, {}, {}, {}});
  CHECK(store->count_by_author_domain("tld-ops", "nic.example", 1000, 99) == 2);
  CHECK(store->count_by_author_domain("tld-ops", "nic.example", 1001, 99) == 1);
  CHECK(store->count_by_author_domain("tld-ops", "example", 0, 99) == 0);
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 999) == 2);
  CHECK(store->count_by_cctld("tld-ops", "xn--p1ai", 0, 999) == 1);
  CHECK(store->count_by_cctld("other", "xa", 3000, 999) == 1);
  CHECK(store->count_by_author_domain("tld-ops", "nic.example", 0, 1) == 1);
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 1) == 1);
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 0) == 0);
}

TEST_CASE("what was refused, put off or held without an author is not counted, whatever the list") {
  const Place place;
  const auto store = place.open();
  struct Row {
    const char* verdict;
    std::int64_t counted;
  };
  for (const Row& row : {Row{"accept", 1}, Row{"ask", 2}, Row{"hold", 3}, Row{"tempfail", 3},
                         Row{"discard", 3}, Row{"reject", 3}}) {
    LedgerEntry entry = sample_entry(row.verdict);
    entry.verdict = row.verdict;
    store->record({entry, {}, {}, {}, {}});
    CHECK(store->count_by_author_domain("tld-ops", "nic.example", 0, 99) == row.counted);
    CHECK(store->count_by_cctld("tld-ops", "xa", 0, 99) == row.counted);
  }
}

TEST_CASE("the same message that comes again is one event, with how often and when last") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"), {}, {event("d1", EventKind::asked, 1000, "")}, {}, {}});
  store->record({sample_entry("d2"), {}, {}, {}, {}});
  const auto again = [&](const std::string& id, std::int64_t at, const std::string& queue_id) {
    store->add({{0, id, at, EventKind::repeated, "", queue_id}}, {});
  };
  for (int i = 0; i < 37; ++i) again("d1", 2000 + i, "queue" + std::to_string(i));
  again("d2", 5000, "other");
  again("none", 5000, "other");
  const auto events = store->events_of("d1");
  REQUIRE(events.size() == 2);
  CHECK(events[0].times == 1);
  CHECK(events[1].kind == EventKind::repeated);
  CHECK(events[1].at == 2000);
  CHECK(events[1].times == 37);
  CHECK(events[1].latest == 2036);
  CHECK(events[1].detail == "queue36");
  CHECK(store->events_of("d2").at(0).times == 1);
  CHECK(store->events_of("d2").at(0).latest == 0);
  CHECK(store->events_of("none").empty());
}

TEST_CASE("of what anybody can cause only so many are kept a day") {
  const Place place;
  const auto store = place.open();
  constexpr std::int64_t kDay = 24 * 3600;
  const auto bring = [&](const std::string& id, std::int64_t at, const std::string& list) {
    DecisionRecord record{sample_entry(id, at), {}, {}, {}, {}};
    record.entry.list = list;
    record.entry.author_domain.clear();
    record.most_a_day = 2;
    CHECK(store->record(record) == Recorded::yes);
    CHECK(store->record(record) == Recorded::yes);  // in doubt, once more: counted once while it is kept
    return store->find_entry(id).has_value();
  };
  DecisionRecord known{sample_entry("k1", kDay), {}, {}, {}, {}};
  known.entry.author_domain = "nic.example";
  known.most_a_day = 1;
  CHECK(store->record(known) == Recorded::yes);
  CHECK(store->find_entry("k1"));  // it uses up nothing of the others
  CHECK(bring("a1", kDay, "tld-ops"));
  CHECK(bring("a2", kDay + 1, "tld-ops"));
  CHECK_FALSE(bring("a3", 2 * kDay - 1, "tld-ops"));
  CHECK(bring("b1", kDay, "other"));
  CHECK(bring("a4", 2 * kDay, "tld-ops"));
  store->record({sample_entry("a5", kDay), {}, {}, {}, {}});
  CHECK(store->find_entry("a5"));
  SECTION("what is counted is forgotten") {
    store->purge(9 * kDay, 100);
    CHECK(place.connect()->run("SELECT count(*) FROM counts").at(0).integer(0) == 0);
  }
  SECTION("but not early") {
    store->purge(2 * kDay, 100);
    CHECK_FALSE(bring("a6", kDay, "tld-ops"));
  }
}

TEST_CASE("events are kept in their order, those of decisions that are not there are left out") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"), {}, {event("d1", EventKind::asked, 1000, "")}, {}, {}});
  store->add({event("d1", EventKind::objected, 1500, "mail"), event("d1", EventKind::bounced, 1400, "550"),
              event("none", EventKind::informed, 1, "")},
             {});
  const auto events = store->events_of("d1");
  REQUIRE(events.size() == 3);
  CHECK(events[0].kind == EventKind::asked);
  CHECK(events[1].kind == EventKind::objected);
  CHECK(events[1].who == "hostmaster@nic.example");
  CHECK(events[2].detail == "550");
  CHECK(events[0].number < events[1].number);
  CHECK(events[1].number < events[2].number);
  CHECK(store->events_of("none").empty());
  CHECK(store->objected("request-1", 1500) == 1500);
  CHECK_FALSE(store->objected("request-1", 1501));
  CHECK_FALSE(store->objected("request-2", 0));
  CHECK_FALSE(store->objected("", 0));
}

TEST_CASE("a digest has its entries once each, oldest first") {
  const Place place;
  const auto store = place.open();
  for (const char* id : {"d1", "d2", "d3"})
    store->record({sample_entry(id), {}, {event(id, EventKind::digested, 1, "today")}, {}, {}});
  store->add({event("d1", EventKind::digested, 2, "today"), event("d2", EventKind::digested, 2, "tomorrow")},
             {});
  const auto entries = store->digest("today");
  REQUIRE(entries.size() == 3);
  CHECK(entries[0] == sample_entry("d1"));
  CHECK(entries[2].id == "d3");
  CHECK(store->digest("tomorrow").size() == 1);
  CHECK(store->digest("never").empty());
}

TEST_CASE("the ledger is read by what its entries say") {
  const Place place;
  const auto store = place.open();
  LedgerEntry entry = sample_entry("a1", 1000);
  store->record({entry, {}, {}, {}, {}});
  entry = sample_entry("a2", 2000);
  entry.verdict = "reject";
  entry.cctlds = {"xb"};
  store->record({entry, {}, {}, {}, {}});
  entry = sample_entry("b1", 3000);
  entry.author = "ben@nic.example";
  entry.list = "other";
  entry.request = "leave";
  store->record({entry, {}, {}, {}, {}});
  const auto found = [&](auto change) {
    LedgerFilter filter;
    change(filter);
    return ids(store->entries(filter));
  };
  CHECK(found([](auto&) {}) == Ids{"a1", "a2", "b1"});
  CHECK(found([](auto& f) { f.limit = 2; }) == Ids{"a2", "b1"});
  CHECK(found([](auto& f) { f.limit = 0; }).empty());
  CHECK(found([](auto& f) { f.limit = SIZE_MAX; }).size() == 3);
  CHECK(found([](auto& f) { f.list = "other"; }) == Ids{"b1"});
  CHECK(found([](auto& f) { f.cctld = "xa"; }) == Ids{"a1", "b1"});
  CHECK(found([](auto& f) { f.verdict = "reject"; }) == Ids{"a2"});
  CHECK(found([](auto& f) { f.author = "ben@nic.example"; }) == Ids{"b1"});
  CHECK(found([](auto& f) { f.request = "subscribe"; }) == Ids{"a1", "a2"});
  CHECK(found([](auto& f) { f.since = 2000; }) == Ids{"a2", "b1"});
  CHECK(found([](auto& f) { f.until = 2000; }) == Ids{"a1", "a2"});
  CHECK(found([](auto& f) { f.id_prefix = "a"; }) == Ids{"a1", "a2"});
  CHECK(found([](auto& f) { f.id_prefix = "a2"; }) == Ids{"a2"});
  CHECK(found([](auto& f) { f.id_prefix = "%"; }).empty());
  CHECK(found([](auto& f) { f.id_prefix = ""; }).size() == 3);
  CHECK(found([](auto& f) {
          f.verdict = "accept";
          f.cctld = "xa";
        }) == Ids{"a1", "b1"});
  CHECK(found([](auto& f) {
          f.request = "leave";
          f.cctld = "xa";
        }) == Ids{"b1"});
  CHECK(found([](auto& f) {
          f.since = 1500;
          f.until = 2500;
        }) == Ids{"a2"});
  CHECK(found([](auto& f) {
          f.since = 1500;
          f.limit = 1;
        }) == Ids{"b1"});
  CHECK(found([](auto& f) {
          f.id_prefix = "a";
          f.limit = 1;
        }) == Ids{"a2"});
  CHECK(found([](auto& f) {
          f.author = "ben@nic.example";
          f.cctld = "xb";
        }).empty());
  CHECK(found([](auto& f) {
          f.cctld = "xa";
          f.list = "tld-ops";
          f.since = 1;
          f.author = "anne@nic.example";
          f.id_prefix = "a";
        }) == Ids{"a1"});

  SECTION("and followed, without a gap") {
    const auto rows = store->entries({});
    LedgerFilter filter;
    filter.after_row = rows[0].row;
    filter.limit = 1;
    CHECK(ids(store->entries(filter)) == Ids{"a2"});
    filter.after_row = rows[1].row;
    CHECK(ids(store->entries(filter)) == Ids{"b1"});
    filter.after_row = rows[2].row;
    CHECK(store->entries(filter).empty());
    filter.after_row = rows[0].row;
    filter.cctld = "xa";
    CHECK(ids(store->entries(filter)) == Ids{"b1"});
    filter.cctld.reset();
    filter.since = 1;
    CHECK(ids(store->entries(filter)) == Ids{"a2"});
  }
}

TEST_CASE("evidence is kept for one message and request, as long as it counts") {
  const Place place;
  const auto store = place.open();
  const auto record = [&](const std::string& id, std::vector<KeptEvidence> evidence, std::int64_t decided) {
    DecisionRecord record{sample_entry(id, 5000), {}, {}, {}, {}};
    record.entry.decided = decided;
    record.evidence = std::move(evidence);
    CHECK(store->record(record) == Recorded::yes);
  };
  using Kept = std::vector<KeptEvidence>;
  const KeptEvidence first{"k1", "r1", "{}", 2000}, of_another{"k1", "r2", "[]", 2000},
      second{"k2", "r1", "1", 2000};
  record("a1", {first, of_another, second}, 1000);
  CHECK(store->kept_evidence({"k1"}, 1999) == Kept{first, of_another});
  CHECK(store->kept_evidence({"k0", "k2", "k1"}, 1999) == Kept{second});
  CHECK(store->kept_evidence({"k1", "k2"}, 2000).empty());
  CHECK(store->kept_evidence({}, 1000).empty());
  // What came first stays while it counts.
  record("a2", {{"k1", "r1", "later", 3000}}, 1500);
  CHECK(store->kept_evidence({"k1"}, 1999) == Kept{first, of_another});
  record("a3", {{"k1", "r1", "new", 3000}}, 2000);
  CHECK(store->kept_evidence({"k1"}, 2000) == Kept{{"k1", "r1", "new", 3000}});
  (void)store->purge(2000, 100);
  CHECK(store->kept_evidence({"k2"}, 1000).empty());
  CHECK(store->kept_evidence({"k1"}, 1000) == Kept{{"k1", "r1", "new", 3000}});
  (void)store->purge(5000, 100);
  CHECK(store->kept_evidence({"k1"}, 1000).empty());
}

TEST_CASE("what need not be kept is purged, unless something of it is open") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("plain"), {"k1"}, {event("plain", EventKind::informed, 1, "")}, {}, {}});
  store->record({sample_entry("task"), {}, {}, {}, {sample_task("t1", "task")}});
  store->record({sample_entry("question"), {}, {}, {sample_question("q1", "question")}, {}});
  store->add_token(sample_token("h1", TokenPurpose::object, "plain"), 1000);
  store->add({event("plain", EventKind::objected, 1500, "")}, {});
  store->record({sample_entry("later", 5000), {}, {}, {}, {}});
  CHECK(store->purge(1999, 100) == 0);
  CHECK(store->purge(2000, 0) == 0);
  CHECK(store->purge(2000, 100) == 1);
  CHECK_FALSE(store->find_entry("plain"));
  CHECK(store->events_of("plain").empty());
  CHECK_FALSE(store->seen_before("tld-ops", {"k1"}, 0));
  CHECK_FALSE(store->find_token("h1"));
  CHECK_FALSE(store->objected("request-1", 0));
  CHECK(store->find_entry("later"));
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 999) == 3);

  CHECK(store->expire_questions(2001).size() == 1);
  const auto tasks = store->claim("w", 2001, 10, 10);
  REQUIRE(tasks.size() == 1);
  REQUIRE(store->finish(tasks[0], "w", {}, 2001, {}));
  CHECK(store->purge(2001, 1) == 1);
  CHECK(store->purge(2001, 1) == 1);
  CHECK(store->purge(2001, 1) == 0);
  CHECK(store->questions_of("request-1").empty());
  CHECK_FALSE(store->find_question("q1"));
  CHECK(store->entries({}).size() == 1);
}
