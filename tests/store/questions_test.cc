#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;
using enum TokenUse::Outcome;

namespace {

Task ask_task(const std::string& key, const std::string& question, const std::string& decision_id) {
  Task task = sample_task(key, decision_id);
  task.kind = TaskKind::ask;
  task.question = question;
  return task;
}

/// A store with question q1 of decision d1, asked with the tokens h1 and h2.
struct Asked {
  Asked() {
    store->record({sample_entry("d1"), {}, {}, {sample_question("q1", "d1")}, {ask_task("t1", "q1", "d1")}});
    add("h1", TokenPurpose::confirm);
    add("h2", TokenPurpose::confirm);
    add("r1", TokenPurpose::refuse);
  }
  void add(const char* hash, TokenPurpose purpose) const {
    Token token = sample_token(hash, purpose, "d1");
    token.question = "q1";
    store->add_token(token, 1000);
  }
  [[nodiscard]] TokenUse answer(const char* hash, QuestionState state, std::int64_t now = 1500) const {
    return store->answer(hash, "tld-ops", state, "", now, {});
  }
  /// The mail that asked comes back.
  [[nodiscard]] bool came_back() const {
    add("b1", TokenPurpose::bounce);
    return store->bounce("b1", "tld-ops", "came back", 1100, {}).outcome == TokenUse::Outcome::done;
  }
  /// An acceptance of the request, by the answer as it is in the store.
  [[nodiscard]] Recorded let_in(const char* id = "d2") const {
    DecisionRecord record{sample_entry(id, 1600), {}, {}, {}, {}};
    record.rests_on = {*store->find_question("q1")};
    record.rests_on[0].state = QuestionState::confirmed;
    return store->record(record);
  }
  Place place;
  std::unique_ptr<Store> store = place.open();
};

}  // namespace

TEST_CASE("a contact is asked once about one request while the question is open") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"), {}, {}, {sample_question("q1", "d1")}, {ask_task("t1", "q1", "d1")}});
  CHECK(store->find_question("q1") == sample_question("q1", "d1"));

  Question again = sample_question("q2", "d2");
  Question of_another = sample_question("q3", "d2");
  of_another.contact = "other@nic.example";
  Task tell = sample_task("t4", "d2");
  tell.question = "q2";
  store->record({sample_entry("d2", 2000),
                 {},
                 {},
                 {again, of_another},
                 {ask_task("t2", "q2", "d2"), ask_task("t3", "q3", "d2"), tell}});
  CHECK_FALSE(store->find_question("q2"));
  CHECK(store->find_question("q3"));
  CHECK_FALSE(store->is_open("t2"));
  CHECK(store->is_open("t3"));
  CHECK(store->is_open("t4"));

  // It expires before: asked anew, and the old one is for expire_questions still.
  Question later = sample_question("q5", "d3");
  later.asked = 2001;
  later.expires = 4000;
  store->record({sample_entry("d3", 2001), {}, {}, {later}, {ask_task("t5", "q5", "d3")}});
  CHECK(store->is_open("t5"));
  const auto questions = store->questions_of("request-1");
  REQUIRE(questions.size() == 3);
  CHECK(questions[0].id == "q5");
  CHECK(questions[1].id == "q3");
  CHECK(questions[2].id == "q1");
  REQUIRE(store->questions_by_decision("d2").size() == 1);
  CHECK(store->questions_by_decision("d2")[0].id == "q3");
  CHECK(store->expire_questions(2001).size() == 2);
}

TEST_CASE("one decision asks a contact once about one request") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"),
                 {},
                 {},
                 {sample_question("q1", "d1"), sample_question("q2", "d1")},
                 {ask_task("t1", "q1", "d1"), ask_task("t2", "q2", "d1")}});
  CHECK(store->questions_of("request-1").size() == 1);
  CHECK(store->is_open("t1"));
  CHECK_FALSE(store->is_open("t2"));
}

TEST_CASE("an answer is taken once, with its event and its tasks") {
  const Asked f;
  const QuestionState state = GENERATE(QuestionState::confirmed, QuestionState::refused);
  const TokenUse use = f.store->answer("h1", "tld-ops", state, "from ben", 2000, {sample_task("t9", "d1")});
  CHECK(use.outcome == done);
  REQUIRE(use.token);
  CHECK(use.token->used == 2000);
  REQUIRE(use.question);
  CHECK(use.question->state == state);
  CHECK(use.question->answered == 2000);
  CHECK(f.store->find_question("q1") == use.question);
  CHECK(f.store->find_token("h1") == use.token);
  CHECK(f.store->is_open("t9"));
  const auto events = f.store->events_of("d1");
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == (state == QuestionState::confirmed ? EventKind::confirmed : EventKind::refused));
  CHECK(events[0].who == "hostmaster@nic.example");
  CHECK(events[0].detail == "from ben");
  CHECK(events[0].at == 2000);

  const TokenUse again = f.store->answer("h1", "tld-ops", state, "", 1000, {});
  CHECK(again.outcome == used);
  CHECK(again.question == use.question);
  const TokenUse by_another = f.store->answer("h2", "tld-ops", state, "", 1000, {});
  CHECK(by_another.outcome == expired);
  CHECK(by_another.question == use.question);
  CHECK(f.store->find_token("h2")->used == 0);
  CHECK(f.store->events_of("d1").size() == 1);
}

TEST_CASE("the code that refuses does not confirm, that which confirms does both") {
  const Asked f;
  CHECK(f.answer("r1", QuestionState::confirmed).outcome == unknown);
  CHECK(f.store->find_question("q1")->state == QuestionState::open);
  CHECK(f.store->find_token("r1")->used == 0);
  const char* hash = GENERATE("r1", "h1");
  CHECK(f.answer(hash, QuestionState::refused).outcome == done);
  CHECK(f.store->find_question("q1")->state == QuestionState::refused);
}

TEST_CASE("a code of an older schema, for both at once, only refuses") {
  const Asked f;
  f.place.connect()->run("UPDATE tokens SET purpose = 'answer' WHERE hash = 'h1'");
  CHECK(f.store->find_token("h1")->purpose == TokenPurpose::refuse);
  CHECK(f.answer("h1", QuestionState::confirmed).outcome == unknown);
  CHECK(f.answer("h1", QuestionState::refused).outcome == done);
}

TEST_CASE("a yes is withdrawn by any code of the question until it lets a request in") {
  const Asked f;
  CHECK(f.answer("h1", QuestionState::confirmed).outcome == done);
  const char* hash = GENERATE("h1", "h2", "r1");
  const std::int64_t now = GENERATE(1600, 9000);  // after the time of code and question too
  SECTION("before") {
    const TokenUse use = f.answer(hash, QuestionState::refused, now);
    CHECK(use.outcome == done);
    CHECK(use.question->state == QuestionState::refused);
    CHECK(use.question->answered == now);
    const auto events = f.store->events_of("d1");
    REQUIRE(events.size() == 2);
    CHECK(events[1].kind == EventKind::refused);
    CHECK(f.let_in() == Recorded::approval_withdrawn);
    CHECK_FALSE(f.store->find_entry("d2"));
    CHECK(f.answer("h2", QuestionState::confirmed).outcome != done);
    CHECK(f.store->find_question("q1")->state == QuestionState::refused);
  }
  SECTION("after") {
    CHECK(f.let_in() == Recorded::yes);
    CHECK(f.store->find_question("q1")->let_in == 1600);
    const TokenUse use = f.answer(hash, QuestionState::refused, now);
    CHECK(use.outcome == TokenUse::Outcome::let_in);
    CHECK(use.question->state == QuestionState::confirmed);
    CHECK(f.store->events_of("d1").size() == 1);
    CHECK(f.let_in("d3") == Recorded::yes);
  }
}

TEST_CASE("an acceptance does not rest on an answer that is not there") {
  const Asked f;
  CHECK(f.let_in() == Recorded::approval_withdrawn);
  CHECK(f.answer("h1", QuestionState::confirmed).outcome == done);
  SECTION("nor on one beside a later no to another mail about the same") {
    f.place.connect()->run(
        "INSERT INTO questions (id, request_key, decision_id, list, contact, cctlds, asked, expires, state,"
        " answered) SELECT 'q2', request_key, decision_id, list, contact, cctlds, asked, expires, 'refused',"
        " answered FROM questions WHERE id = 'q1'");
    CHECK(f.let_in() == Recorded::approval_withdrawn);
  }
  SECTION("nor on one that was purged") {
    f.place.connect()->run("DELETE FROM questions");
    DecisionRecord record{sample_entry("d2", 1600), {}, {}, {}, {}};
    record.rests_on = {sample_question("q1", "d1")};
    CHECK(f.store->record(record) == Recorded::approval_withdrawn);
  }
}

/// Three are asked about request-1: q1, q2 and q3 with tokens of these names.
struct AskedThree {
  AskedThree() {
    DecisionRecord record{sample_entry("d1"), {}, {}, {}, {}};
    for (const char* id : {"q1", "q2", "q3"}) {
      Question question = sample_question(id, "d1");
      question.contact = std::string(id) + "@nic.example";
      question.asked_as = id == std::string("q1") ? Voucher::admin_contact : Voucher::members;
      record.questions.push_back(question);
    }
    store->record(record);
    for (const char* id : {"q1", "q2", "q3"}) {
      Token token = sample_token(id, TokenPurpose::confirm, "d1");
      token.question = id;
      store->add_token(token, 1000);
    }
    MemberChanges changes;
    for (const char* address : {"q2@nic.example", "q3@nic.example"}) {
      Member member;
      member.list = "tld-ops";
      member.cctld = "xa";
      member.address = member.email = address;
      member.since = 500;
      member.began_by = "import";
      changes.begun.push_back(member);
    }
    store->change_members(changes);
  }
  [[nodiscard]] TokenUse answer(const char* id, QuestionState state) const {
    return store->answer(id, "tld-ops", state, "", 1500, {});
  }
  /// By the yeses of q2 and q3.
  [[nodiscard]] Recorded let_in(const char* id = "d2") const {
    DecisionRecord record{sample_entry(id, 1600), {}, {}, {}, {}};
    record.rests_on = {*store->find_question("q2"), *store->find_question("q3")};
    record.rests_on_members = {{"tld-ops", "xa", "q2@nic.example"}, {"tld-ops", "xa", "q3@nic.example"}};
    return store->record(record);
  }
  Place place;
  std::unique_ptr<Store> store = place.open();
};

TEST_CASE("who was asked as what is kept") {
  const AskedThree f;
  CHECK(f.store->find_question("q1")->asked_as == Voucher::admin_contact);
  CHECK(f.store->questions_by_decision("d1").at(2).asked_as == Voucher::members);
  const Asked plain;
  CHECK_FALSE(plain.store->find_question("q1")->asked_as);
}

TEST_CASE("an acceptance by several rests on what holds when it is recorded") {
  const AskedThree f;
  REQUIRE(f.answer("q2", QuestionState::confirmed).outcome == done);
  SECTION("one has not answered") {
    CHECK(f.let_in() == Recorded::approval_withdrawn);
  }
  REQUIRE(f.answer("q3", QuestionState::confirmed).outcome == done);
  SECTION("all is as it was") {
    CHECK(f.let_in() == Recorded::yes);
    CHECK(f.let_in() == Recorded::yes);  // the same once more
  }
  SECTION("the contact said no meanwhile") {
    CHECK(f.answer("q1", QuestionState::refused).outcome == done);
    CHECK(f.let_in() == Recorded::approval_withdrawn);
    CHECK_FALSE(f.store->find_entry("d2"));
  }
  SECTION("it had said no before, as a contact that it is no more") {
    CHECK(f.answer("q1", QuestionState::refused).outcome == done);
    DecisionRecord record{sample_entry("d2", 1600), {}, {}, {}, {}};
    record.rests_on = {*f.store->find_question("q2"), *f.store->find_question("q3")};
    record.known_refusals = {"q1"};
    CHECK(f.store->record(record) == Recorded::yes);
    CHECK(f.store->find_question("q1")->let_in == 0);
  }
  SECTION("one of the members took it back") {
    CHECK(f.answer("q3", QuestionState::refused).outcome == done);
    CHECK(f.let_in() == Recorded::approval_withdrawn);
  }
  SECTION("one is a member no more") {
    MemberChanges changes;
    changes.ended.push_back({"tld-ops", "xa", "q3@nic.example", 1550, "hand"});
    f.store->change_members(changes);
    CHECK(f.let_in() == Recorded::approval_withdrawn);
    CHECK(f.store->find_question("q2")->let_in == 0);
  }
}

TEST_CASE("what was let in by some is no longer to be refused by the others") {
  const AskedThree f;
  REQUIRE(f.answer("q2", QuestionState::confirmed).outcome == done);
  REQUIRE(f.answer("q3", QuestionState::confirmed).outcome == done);
  REQUIRE(f.let_in() == Recorded::yes);
  CHECK(f.store->find_question("q1")->let_in == 1600);
  const TokenUse use = f.answer("q1", QuestionState::refused);
  CHECK(use.outcome == TokenUse::Outcome::let_in);
  CHECK(use.question->state == QuestionState::open);
  CHECK(f.store->events_of("d1").size() == 2);
  SECTION("a late yes does no harm") {
    CHECK(f.answer("q1", QuestionState::confirmed).outcome == done);
    CHECK(f.answer("q1", QuestionState::refused).outcome == TokenUse::Outcome::let_in);
  }
  SECTION("the request can be asked about anew") {
    Question again = sample_question("q4", "d3");
    again.contact = "q1@nic.example";
    CHECK(f.store->record({sample_entry("d3", 1700), {}, {}, {again}, {}}) == Recorded::yes);
    CHECK(f.store->find_question("q4"));
    CHECK(f.store->find_question("q1")->state == QuestionState::open);
  }
}

TEST_CASE("members who can be asked are those of the list and the ccTLD, the longest first") {
  const AskedThree f;
  MemberChanges changes;
  const auto begin = [&](const char* list, const char* cctld, const char* email, std::int64_t since) {
    Member member;
    member.list = list;
    member.cctld = cctld;
    member.address = member.email = email;
    member.since = since;
    member.began_by = "import";
    member.other_email = "other@home.example";
    changes.begun.push_back(member);
  };
  begin("tld-ops", "xa", "first@nic.example", 100);
  begin("tld-ops", "xb", "of-xb@nic.example", 100);
  begin("other", "xa", "of-other@nic.example", 100);
  begin("tld-ops", "xa", "bounces@nic.example", 100);
  begin("tld-ops", "xa", "ended@nic.example", 100);
  f.store->change_members(changes);
  MemberChanges later;
  later.ended.push_back({"tld-ops", "xa", "ended@nic.example", 1550, "hand"});
  later.seen.push_back({"tld-ops", "bounces@nic.example", 1550, true});
  f.store->change_members(later);
  const auto asked = f.store->vouchers_of("tld-ops", "xa", 10);
  REQUIRE(asked.size() == 3);
  CHECK(asked[0] == StoredVoucher{"first@nic.example", "other@home.example"});
  CHECK(asked[1].email == "q2@nic.example");
  CHECK(f.store->vouchers_of("tld-ops", "xa", 1).size() == 1);
  CHECK(f.store->vouchers_of("tld-ops", "xc", 10).empty());
}

TEST_CASE("a question whose mail failed is asked anew, and its answer counts all the same") {
  const Asked f;
  const bool came_back = GENERATE(true, false);
  if (came_back) {
    CHECK(f.came_back());
  } else {
    const auto tasks = f.store->claim("w", 1000, 60, 10);
    REQUIRE(tasks.size() == 1);
    const EventKind kind = GENERATE(EventKind::bounced, EventKind::expired);
    CHECK(f.store->finish(tasks[0], "w", {{0, "d1", 1000, kind, "hostmaster@nic.example", "why"}}, 1000, {}));
  }
  CHECK(f.store->find_question("q1")->state == QuestionState::undelivered);
  f.store->record({sample_entry("d2"), {}, {}, {sample_question("q2", "d2")}, {ask_task("t2", "q2", "d2")}});
  CHECK(f.store->find_question("q2"));
  CHECK(f.store->is_open("t2"));
  SECTION("within its time") {
    CHECK(f.answer("h1", QuestionState::confirmed).outcome == done);
    CHECK((came_back || f.came_back()));
    CHECK(f.store->find_question("q1")->state == QuestionState::confirmed);
  }
  SECTION("not after it") {
    CHECK(f.answer("h1", QuestionState::confirmed, 2001).outcome == expired);
  }
}

TEST_CASE("a question whose mail was taken is open still") {
  const Asked f;
  const auto tasks = f.store->claim("w", 1000, 60, 10);
  REQUIRE(tasks.size() == 1);
  f.store->finish(tasks[0], "w", {{0, "d1", 1000, EventKind::asked, "hostmaster@nic.example", ""}}, 1000, {});
  CHECK(f.store->find_question("q1")->state == QuestionState::open);
}

TEST_CASE("an answer that does not count changes nothing") {
  const Asked f;
  Token token = sample_token("late", TokenPurpose::confirm, "d1");
  token.question = "q1";
  token.expires = 1100;
  f.store->add_token(token, 1000);
  f.store->add_token(sample_token("object", TokenPurpose::object, "d1"), 1000);
  const auto outcome = [&](const std::string& hash, const std::string& list, std::int64_t now) {
    return f.store->answer(hash, list, QuestionState::confirmed, "", now, {sample_task("t9", "d1")});
  };
  CHECK(outcome("none", "tld-ops", 1000).outcome == unknown);
  CHECK(outcome("h1", "other", 1000).outcome == unknown);
  CHECK_FALSE(outcome("h1", "other", 1000).token);
  CHECK(outcome("object", "tld-ops", 1000).outcome == unknown);
  CHECK(outcome("late", "tld-ops", 1101).outcome == expired);
  CHECK(outcome("h1", "tld-ops", 2001).outcome == expired);  // the question is over
  CHECK(outcome("h1", "tld-ops", 3001).outcome == expired);
  CHECK_THROWS_AS(f.store->answer("h1", "tld-ops", QuestionState::expired, "", 1000, {}), StoreError);
  CHECK(f.store->find_question("q1")->state == QuestionState::open);
  CHECK(f.store->events_of("d1").empty());
  CHECK_FALSE(f.store->is_open("t9"));
  CHECK(outcome("h1", "tld-ops", 2000).outcome == done);
}

TEST_CASE("an objection is taken once") {
  const Asked f;
  f.store->add_token(sample_token("o1", TokenPurpose::object, "d1"), 1000);
  CHECK(f.store->object("h1", "tld-ops", "", 1000, {}).outcome == unknown);
  CHECK(f.store->object("o1", "other", "", 1000, {}).outcome == unknown);
  CHECK(f.store->object("o1", "tld-ops", "", 3001, {}).outcome == expired);
  CHECK_FALSE(f.store->objected("request-1", 0));
  const TokenUse use = f.store->object("o1", "tld-ops", "by mail", 3000, {sample_task("t9", "d1")});
  CHECK(use.outcome == done);
  CHECK_FALSE(use.question);
  CHECK(f.store->is_open("t9"));
  CHECK(f.store->objected("request-1", 0) == 3000);
  const auto events = f.store->events_of("d1");
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == EventKind::objected);
  CHECK(events[0].who == "hostmaster@nic.example");
  CHECK(f.store->object("o1", "tld-ops", "", 3000, {}).outcome == used);
  CHECK(f.store->events_of("d1").size() == 1);
}

TEST_CASE("answers that are none are one event, and leave everything as it is") {
  const Asked f;
  f.store->add_token(sample_token("o1", TokenPurpose::object, "d1"), 1000);
  f.store->add_token(sample_token("b1", TokenPurpose::bounce, "d1"), 1000);
  const auto unclear = [&](const char* hash, std::int64_t now, const char* list = "tld-ops") {
    return f.store->unclear(hash, list, "from " + std::string(hash), now, {sample_task("told", "d1")})
        .outcome;
  };
  CHECK(unclear("none", 1500) == unknown);
  CHECK(unclear("b1", 1500) == unknown);
  CHECK(unclear("h1", 1500, "other") == unknown);
  CHECK(unclear("h1", 3001) == expired);
  CHECK(unclear("o1", 3001) == expired);
  CHECK(f.store->events_of("d1").empty());
  CHECK(unclear("h1", 1500) == done);
  CHECK(unclear("r1", 1501) == done);
  CHECK(unclear("o1", 1502) == done);
  CHECK(f.store->backlog().waiting == 2);
  const auto events = f.store->events_of("d1");
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == EventKind::unclear);
  CHECK(events[0].who == "hostmaster@nic.example");
  CHECK(events[0].at == 1500);
  CHECK(events[0].times == 3);
  CHECK(events[0].latest == 1502);
  CHECK(events[0].detail == "from o1");
  CHECK(f.store->find_question("q1")->state == QuestionState::open);
  CHECK(f.answer("h1", QuestionState::confirmed).outcome == done);
  CHECK(unclear("h1", 1600) == done);  // a no would count
  REQUIRE(f.let_in() == Recorded::yes);
  CHECK(unclear("h1", 1700) == let_in);
  CHECK(f.store->object("o1", "tld-ops", "", 1700, {}).outcome == done);
  CHECK(unclear("o1", 1800) == used);
}

TEST_CASE("a token used at the first second of all is used") {
  const Asked f;
  f.store->add_token(sample_token("o1", TokenPurpose::object, "d1"), 0);
  CHECK(f.store->object("o1", "tld-ops", "", 0, {}).outcome == done);
  CHECK(f.store->object("o1", "tld-ops", "", 0, {}).outcome == used);
}

TEST_CASE("a token is added once") {
  const Place place;
  const auto store = place.open();
  const Token token = sample_token("h1", TokenPurpose::bounce, "d1");
  store->add_token(token, 1000);
  store->add_token(token, 1001);
  CHECK(store->find_token("h1") == token);
  CHECK_THROWS_WITH(store->add_token(sample_token("h1", TokenPurpose::object, "d1"), 1000),
                    contains("another token of this hash is there"));
  CHECK_FALSE(store->find_token("h2"));
}

TEST_CASE("questions expire with their event, once") {
  const Asked f;
  CHECK(f.store->expire_questions(2000).empty());
  const auto over = f.store->expire_questions(2001);
  REQUIRE(over.size() == 1);
  CHECK(over[0].id == "q1");
  CHECK(over[0].state == QuestionState::expired);
  CHECK(f.store->find_question("q1") == over[0]);
  const auto events = f.store->events_of("d1");
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == EventKind::expired);
  CHECK(events[0].who == "hostmaster@nic.example");
  CHECK(f.store->expire_questions(3000).empty());
  CHECK(f.store->answer("h1", "tld-ops", QuestionState::confirmed, "", 1500, {}).outcome == expired);
}

TEST_CASE("a question of the future does not keep another from being asked") {
  const Place place;
  const auto store = place.open();
  Question wrong = sample_question("q1", "d1");
  wrong.asked = 1000 + 365 * 86400;
  wrong.expires = wrong.asked + 1000;
  store->record({sample_entry("d1", wrong.asked), {}, {}, {wrong}, {ask_task("t1", "q1", "d1")}});
  store->record({sample_entry("d2"), {}, {}, {sample_question("q2", "d2")}, {ask_task("t2", "q2", "d2")}});
  CHECK(store->find_question("q2"));
  CHECK(store->is_open("t2"));
}

TEST_CASE("one mail comes back once, however often that is reported") {
  const Place place;
  const auto store = place.open();
  store->record({sample_entry("d1"), {}, {}, {}, {}});
  store->add_token(sample_token("h1", TokenPurpose::bounce, "d1"), 1000);
  store->add_token(sample_token("h2", TokenPurpose::bounce, "d1"), 1000);
  const auto report = [&](const std::string& hash, std::int64_t now) {
    return store->bounce(hash, "tld-ops", "came back: 5.1.1", now, {sample_task("t" + hash, "d1")}).outcome;
  };
  CHECK(report("h1", 1500) == done);
  for (int i = 0; i < 200; ++i) CHECK(report("h1", 1501 + i) == used);
  CHECK(report("h2", 3001) == expired);
  CHECK(report("none", 1500) == unknown);
  CHECK(store->object("h2", "tld-ops", "", 1500, {}).outcome == unknown);
  CHECK(store->bounce("h2", "other", "", 1500, {}).outcome == unknown);
  const auto events = store->events_of("d1");
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == EventKind::bounced);
  CHECK(events[0].who == "hostmaster@nic.example");
  CHECK(events[0].detail == "came back: 5.1.1");
  CHECK(store->backlog().waiting == 1);
}
