#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("the URL of a store") {
  struct Row {
    std::string url, fault;
  };
  const auto row = GENERATE(values<Row>({
      {"sqlite:/var/lib/ccgate/ccgate.db", ""},
      {"postgresql://db.example/ccgate", ""},
      {"postgresql://anne:secret@db.example:5433,db2.example/ccgate?sslmode=verify-full", ""},
      {"postgresql:///ccgate?host=/run/postgresql", ""},
      {"", "is neither `sqlite:/path` nor `postgresql://host/name`"},
      {"mysql://db.example/ccgate", "is neither `sqlite:/path` nor `postgresql://host/name`"},
      {"/var/lib/ccgate.db", "is neither `sqlite:/path` nor `postgresql://host/name`"},
      {"sqlite:", "has no absolute path after `sqlite:`"},
      {"sqlite:ccgate.db", "has no absolute path after `sqlite:`"},
      {"sqlite://ccgate.db/", "names a folder, not a file"},
      {std::string("sqlite:/a\0b", 11), "has a NUL in it"},
      {"postgresql://db.example/ccgate?colour=blue",
       "is no connection URI of PostgreSQL: invalid URI query parameter: \"colour\""},
      {"postgresql://anne:sec%zzret@db.example/ccgate", "is no connection URI of PostgreSQL"},
  }));
  CHECK(fault_of_store_url(row.url) == row.fault);
  if (!row.fault.empty()) CHECK_THROWS_AS(open_store(row.url, StoreAccess::own), StoreError);
}

TEST_CASE("a store opened for reading reads beside the other, and changes nothing") {
  const Place place;
  const auto own = place.open();
  const auto reader = place.open(StoreAccess::read);
  own->record({sample_entry("d1"), {"k"}, {}, {sample_question("q", "d1")}, {}});
  CHECK(reader->find_entry("d1"));
  CHECK(reader->entries({}).size() == 1);
  CHECK_THROWS_WITH(reader->record({sample_entry("d2"), {}, {}, {}, {}}),
                    contains("opened for reading only"));
  CHECK_THROWS_WITH(reader->claim("w", 1, 1, 1), contains("opened for reading only"));
  CHECK(own->entries({}).size() == 1);
}

TEST_CASE("versions of the schema") {
  const Place place;
  const std::vector<Migration> first{{"CREATE TABLE things (name {text} NOT NULL)"}};
  std::vector<Migration> second = first;
  second.push_back({"ALTER TABLE things ADD COLUMN colour {text} NOT NULL DEFAULT 'blue'",
                    "CREATE INDEX things_by_colour ON things (colour)"});
  place.open(StoreAccess::own, first);
  place.connect()->run("INSERT INTO things (name) VALUES ('door')");

  CHECK_THROWS_WITH(
      place.open(StoreAccess::read, second),
      contains("was written by an older ccgate: its schema is version 1, this program reads 2"));
  place.open(StoreAccess::own, second);
  CHECK(place.connect()->run("SELECT colour FROM things").at(0).text(0) == "blue");
  place.open(StoreAccess::own, second);
  place.open(StoreAccess::read, second);

  const std::string newer = "was written by a newer ccgate: its schema is version 2, this program knows 1";
  CHECK_THROWS_WITH(place.open(StoreAccess::own, first), contains(newer));
  CHECK_THROWS_WITH(place.open(StoreAccess::read, first), contains(newer));
}

TEST_CASE("what was recorded before there were counters and indexes is counted and found") {
  const Place place;
  place.open(StoreAccess::own, migrations().first(1));
  {
    const auto sql = place.connect();
    const auto entry = [&](const std::string& id, const std::string& author_domain,
                           const std::string& verdict) {
      sql->run(
          "INSERT INTO ledger (id, decided, list, request, cctlds, author, author_domain, mail_from, client, "
          "helo,"
          " recipients, message_id, people, evidence_digest, verdict, ground, rule, policy_hash, reply, "
          "queue_id,"
          " request_key, explanation, observed, keep_until) VALUES (?1, 1000, 'tld-ops', 'subscribe', "
          "'[\"xa\"]',"
          " 'anne@nic.example', ?2, '', '', '', '[]', '', '[]', '', ?3, '', '', '', '', '', 'request-1', '', "
          "0,"
          " 2000)",
          {id, author_domain, verdict});
      sql->run(
          "INSERT INTO ledger_cctlds (cctld, list, decided, entry) SELECT 'xa', list, decided, number FROM "
          "ledger"
          " WHERE id = ?1",
          {id});
    };
    const auto event = [&](const std::string& id, const std::string& kind, std::int64_t at,
                           const std::string& detail) {
      sql->run("INSERT INTO events (decision_id, at, kind, who, detail) VALUES (?1, ?2, ?3, 'w', ?4)",
               {id, at, kind, detail});
    };
    entry("d1", "nic.example", "accept");
    entry("d2", "nic.example", "reject");
    entry("d3", "", "hold");
    event("d1", "repeated", 1100, "first");
    event("d1", "informed", 1150, "");
    event("d1", "repeated", 1300, "third");
    event("d1", "repeated", 1200, "second");
    event("d2", "repeated", 1400, "once");
    event("d2", "objected", 1500, "mail");
    event("d3", "objected", 1600, "mail");
  }
  const auto store = place.open();
  CHECK(store->count_by_author_domain("tld-ops", "nic.example", 0, 99) == 1);
  CHECK(store->count_by_cctld("tld-ops", "xa", 0, 99) == 1);
  CHECK(store->objected("request-1", 0) == 1600);
  CHECK_FALSE(store->objected("request-1", 1601));
  const auto events = store->events_of("d1");
  REQUIRE(events.size() == 2);
  CHECK(events[0].kind == EventKind::repeated);
  CHECK(events[0].at == 1100);
  CHECK(events[0].times == 3);
  CHECK(events[0].latest == 1300);
  CHECK(store->events_of("d2").at(0).times == 1);
  CHECK(store->events_of("d2").at(0).latest == 0);
  store->add({{0, "d1", 1700, EventKind::repeated, "", "fourth"}}, {});
  CHECK(store->events_of("d1").at(0).times == 4);
  LedgerFilter filter;
  filter.cctld = "xa";
  filter.verdict = "hold";
  CHECK(store->entries(filter).size() == 1);
  CHECK(store->purge(3000, 100) == 3);
  CHECK_FALSE(store->objected("request-1", 0));
}

TEST_CASE("a migration that fails leaves what was there") {
  const Place place;
  const std::vector<Migration> first{{"CREATE TABLE things (name {text} NOT NULL)"}};
  std::vector<Migration> broken = first;
  broken.push_back(
      {"CREATE TABLE more (name {text} NOT NULL)", "CREATE TABLE things (name {text} NOT NULL)"});
  place.open(StoreAccess::own, first);
  CHECK_THROWS_AS(place.open(StoreAccess::own, broken), StoreError);
  CHECK_FALSE(place.connect()->has_table("more"));
  place.open(StoreAccess::own, first);
}

TEST_CASE("a database without tables of ccgate is no store to look into") {
  const Place place;
  place.connect();
  CHECK_THROWS_WITH(place.open(StoreAccess::read), contains("has no tables of ccgate"));
}

TEST_CASE("words of records are read as they are written") {
  for (int i = 0; i < 10; ++i)
    CHECK(parse_word<EventKind>(to_string(static_cast<EventKind>(i))) == static_cast<EventKind>(i));
  for (int i = 0; i < 5; ++i)
    CHECK(parse_word<TaskKind>(to_string(static_cast<TaskKind>(i))) == static_cast<TaskKind>(i));
  for (int i = 0; i < 5; ++i)
    CHECK(parse_word<QuestionState>(to_string(static_cast<QuestionState>(i))) ==
          static_cast<QuestionState>(i));
  for (int i = 0; i < 4; ++i)
    CHECK(parse_token_purpose(to_string(static_cast<TokenPurpose>(i))) == static_cast<TokenPurpose>(i));
  CHECK_FALSE(parse_word<EventKind>("eaten"));
  CHECK_FALSE(parse_word<EventKind>(""));
}

TEST_CASE("a store from before there were codes for each purpose, and budgets") {
  const Place place;
  const auto first = migrations().subspan(0, 1);
  {
    place.open(StoreAccess::own, first);
    const auto old = place.connect();
    for (const char* id : {"open", "unmailed", "yes", "let-in"})
      old->run(
          "INSERT INTO questions (id, request_key, decision_id, list, contact, cctlds, asked, expires, state,"
          " answered) VALUES (?1, ?1, 'd1', 'tld-ops', 'hostmaster@nic.example', '[]', 100, 2000, 'open', 0)",
          {id});
    old->run("UPDATE questions SET state = 'confirmed', answered = 500 WHERE id IN ('yes', 'let-in')");
    for (const char* id : {"open", "yes", "let-in"})
      old->run(
          "INSERT INTO tokens (hash, purpose, decision_id, question, contact, list, added, expires, used)"
          " VALUES (?1, 'answer', 'd1', ?1, 'hostmaster@nic.example', 'tld-ops', 100, 2000, 0)",
          {id});
    old->run(
        "INSERT INTO ledger (id, decided, list, request, cctlds, author, author_domain, mail_from, client,"
        " helo, recipients, message_id, people, evidence_digest, verdict, ground, rule, policy_hash, reply,"
        " queue_id, request_key, explanation, observed, keep_until) VALUES ('d2', 600, 'tld-ops', '', '[]',"
        " '', '', '', '', '', '[]', '', '', '', 'accept', '', '', '', '', '', 'let-in', '', 0, 9999)");
    old->run(
        "INSERT INTO tasks (key, kind, decision_id, list, recipient, question, payload, added, due, expires,"
        " attempts, last_error, worker, leased, done) VALUES ('digest', 'digest', 'd2', 'tld-ops', 'a', '',"
        " '', 600, 80000, 90000, 0, '', '', 0, 0)");
  }
  const auto store = place.open();
  CHECK(store->find_question("open")->state == QuestionState::undelivered);
  CHECK(store->find_question("unmailed")->state == QuestionState::open);
  CHECK(store->find_question("yes")->let_in == 0);
  CHECK(store->find_question("let-in")->let_in == 500);
  CHECK(store->backlog().oldest_due == 600);
  const auto answer = [&](const char* hash, QuestionState state) {
    return store->answer(hash, "tld-ops", state, "", 1000, {}).outcome;
  };
  CHECK(answer("open", QuestionState::confirmed) == TokenUse::Outcome::unknown);
  CHECK(answer("open", QuestionState::refused) == TokenUse::Outcome::done);
  CHECK(answer("yes", QuestionState::refused) == TokenUse::Outcome::done);
  CHECK(answer("let-in", QuestionState::refused) == TokenUse::Outcome::let_in);
}
