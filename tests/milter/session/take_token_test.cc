#include "milter/session/take_token.h"

#include <map>
#include <utility>

#include "milter/notice/payload.h"
#include "milter/store/token.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr const char* kConfirm = "cccccccccccccccccccccccccc";
constexpr const char* kRefuse = "cccccccccccccccccccccccccr";
constexpr const char* kObject = "oooooooooooooooooooooooooo";
constexpr const char* kBounce = "bbbbbbbbbbbbbbbbbbbbbbbbbb";

/// A decision that asks its contact, with a token of each purpose.
struct Site {
  explicit Site(const LedgerEntry& entry = asked(), Question about = notice_question())
      : question(std::move(about)) {
    store.record({entry, {}, {}, {question}, {}});
    for (const auto& [text, purpose] : std::map<std::string, TokenPurpose>{{kConfirm, TokenPurpose::confirm},
                                                                           {kRefuse, TokenPurpose::refuse},
                                                                           {kObject, TokenPurpose::object},
                                                                           {kBounce, TokenPurpose::bounce}})
      store.add_token(
          {token_hash(text), purpose, entry.id, question.id, question.contact, "tld-ops", kNoon + 1000, 0},
          kNoon);
  }
  static LedgerEntry asked() {
    LedgerEntry entry = notice_entry();
    entry.reply = "450 4.7.1 the contact is asked";
    return entry;
  }
  [[nodiscard]] TokenTaker taker(std::int64_t now = kNoon) { return {store, now, "ben@elsewhere.example"}; }
  [[nodiscard]] Ruleset::Own own(const std::string& token) const {
    Ruleset::Own own{&rules->lists.front(), {}};
    own.address.token = token;
    return own;
  }
  /// What the list's owner is told next; each once.
  std::vector<NoticeKind> told() {
    std::vector<NoticeKind> kinds;
    for (const Task& task : store.claim("w", kNoon + 10'000, 60, 100)) {
      if (task.kind == TaskKind::tell_owner) kinds.push_back(read_owner_payload(task.payload)->what);
      store.finish(task, "w", {}, kNoon, {});
    }
    return kinds;
  }

  std::shared_ptr<Ruleset> rules = notice_rules();
  Question question;
  FailingStore store;
};

using NoticeKinds = std::vector<NoticeKind>;

}  // namespace

TEST_CASE("a token serves its purpose and no other, and not on another list") {
  Site site;
  struct Row {
    std::string token, answer, objection, report;
  };
  const auto row = GENERATE(values<Row>({
      {kConfirm, "confirmed", "unknown", "unknown"},
      {kRefuse, "unclear", "unknown", "unknown"},
      {kObject, "unknown", "objected", "unknown"},
      {kBounce, "unknown", "unknown", "bounced"},
      {"nobody", "unknown", "unknown", "unknown"},
      {"", "unknown", "unknown", "unknown"},
  }));
  INFO(row.token);
  const DeliveryReport failed{true, "5.1.1"};
  SECTION("on its list") {
    CHECK(take_answer(site.taker(), site.own(row.token), false).outcome == row.answer);
    CHECK(take_objection(site.taker(), site.own(row.token), false).outcome == row.objection);
    CHECK(take_report(site.taker(), site.own(row.token), failed).outcome == row.report);
  }
  SECTION("on another") {
    site.rules->lists.front().config.name = "other";
    for (const bool says_no : {false, true}) {
      const Taken taken = take_answer(site.taker(), site.own(row.token), says_no);
      CHECK(taken.outcome == "unknown");
      CHECK(taken.refusal == "no question was asked from this address; reply to the mail that asks");
      CHECK(taken.decision.empty());
    }
    CHECK(take_objection(site.taker(), site.own(row.token), true).outcome == "unknown");
    CHECK(take_report(site.taker(), site.own(row.token), failed).outcome == "unknown");
    CHECK(site.store.find_token(token_hash(kConfirm))->used == 0);
    CHECK(site.told().empty());
  }
}

TEST_CASE("the owner is told of a no, and of a yes to what waits for somebody to let it go") {
  const bool held = GENERATE(false, true);
  const bool says_no = GENERATE(false, true);
  LedgerEntry entry = Site::asked();
  if (held) entry.reply.clear();
  Site site(entry);
  const Taken taken = take_answer(site.taker(), site.own(kConfirm), says_no);
  CHECK(taken.outcome == (says_no ? "refused" : "confirmed"));
  CHECK(taken.decision == entry.id);
  CHECK(taken.contact == site.question.contact);
  CHECK(taken.refusal.empty());
  const NoticeKinds no{NoticeKind::refused}, yes{NoticeKind::confirmed};
  CHECK(site.told() == (says_no ? no : held ? yes : NoticeKinds{}));
}

TEST_CASE("the owner is told what one of several says, which decides nothing by itself") {
  const bool says_no = GENERATE(false, true);
  LedgerEntry entry = Site::asked();
  entry.reply.clear();
  Question question = notice_question();
  question.asked_as = Voucher::members;
  Site site(entry, question);
  CHECK(take_answer(site.taker(), site.own(kConfirm), says_no).outcome ==
        (says_no ? "refused" : "confirmed"));
  CHECK(site.told() == NoticeKinds{NoticeKind::vouched});
  if (says_no) return;
  SECTION("a no after it is told too") {
    CHECK(take_answer(site.taker(), site.own(kConfirm), true).outcome == "refused");
    CHECK(site.told() == NoticeKinds{NoticeKind::vouched});
  }
  SECTION("and one that comes too late") {
    DecisionRecord accepted{notice_entry("7k2m9qx40c1e"), {}, {}, {}, {}};
    accepted.rests_on = {*site.store.find_question(site.question.id)};
    REQUIRE(site.store.record(accepted) == Recorded::yes);
    const Taken taken = take_answer(site.taker(), site.own(kConfirm), true);
    CHECK(taken.outcome == "too_late");
    CHECK(taken.refusal == "this request was let in before; the list's owner knows of this no");
    CHECK(site.told() == NoticeKinds{NoticeKind::vouched});
  }
}

TEST_CASE("an answer that comes again, late or after another") {
  Site site;
  CHECK(take_answer(site.taker(), site.own(kConfirm), false).outcome == "confirmed");
  CHECK(take_answer(site.taker(), site.own(kConfirm), false).outcome == "repeated");
  SECTION("a yes is taken back, once") {
    CHECK(take_answer(site.taker(), site.own(kRefuse), true).outcome == "refused");
    CHECK(take_answer(site.taker(), site.own(kRefuse), true).outcome == "repeated");
    const Taken again = take_answer(site.taker(), site.own(kConfirm), false);
    CHECK(again.outcome == "answered_before");
    CHECK(again.refusal ==
          "this question has been answered before; write to the list's owner to change that");
  }
  SECTION("not after it let the request in") {
    DecisionRecord accepted{notice_entry("7k2m9qx40c1e"), {}, {}, {}, {}};
    accepted.rests_on = {*site.store.find_question(site.question.id)};
    REQUIRE(site.store.record(accepted) == Recorded::yes);
    const Taken taken = take_answer(site.taker(), site.own(kConfirm), true);
    CHECK(taken.outcome == "too_late");
    CHECK_FALSE(taken.refusal.empty());
    CHECK(site.told() == NoticeKinds{NoticeKind::too_late});
  }
}

TEST_CASE("an answer to a question whose time is over") {
  Site site;
  site.store.expire_questions(site.question.expires + 1);
  (void)site.told();
  const Taken taken = take_answer(site.taker(site.question.expires + 1), site.own(kConfirm), false);
  CHECK(taken.outcome == "expired");
  CHECK(taken.refusal == "this question is no longer open; the author may send the request again");
  CHECK(site.told().empty());
}

TEST_CASE("what is unclear is recorded, told to the owner once, and changes nothing") {
  Site site;
  const auto unclear = [&](const std::string& token, OwnAddressKind kind, bool says_no = false) {
    Ruleset::Own own = site.own(token);
    own.address.kind = kind;
    return take_unclear(site.taker(), own, says_no, "it says neither", "write yes or no");
  };
  const Taken taken = unclear(kConfirm, OwnAddressKind::vouch);
  CHECK(taken.outcome == "unclear");
  CHECK(taken.decision == notice_entry().id);
  CHECK(taken.contact == site.question.contact);
  CHECK(taken.refusal == "write yes or no");
  CHECK(unclear(kRefuse, OwnAddressKind::vouch).outcome == "unclear");
  CHECK(unclear("nobody", OwnAddressKind::vouch).outcome == "unknown");
  CHECK(unclear(kConfirm, OwnAddressKind::object).outcome == "unknown");
  CHECK(unclear(kObject, OwnAddressKind::vouch).outcome == "unknown");
  CHECK(site.told() == NoticeKinds{NoticeKind::unclear});
  CHECK(unclear(kConfirm, OwnAddressKind::vouch, true).outcome == "unclear");
  CHECK(site.told() == NoticeKinds{NoticeKind::unclear});
  const auto events = site.store.events_of(notice_entry().id);
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == EventKind::unclear);
  CHECK(events[0].who == site.question.contact);
  CHECK(events[0].detail == "ben@elsewhere.example; it says neither");
  CHECK(events[0].times == 3);
  CHECK(site.store.find_token(token_hash(kConfirm))->used == 0);
  CHECK(site.store.find_question(site.question.id)->state == QuestionState::open);
  CHECK(take_answer(site.taker(), site.own(kConfirm), true).outcome == "refused");
  (void)site.told();
  SECTION("behind an answer it is told to nobody but who wrote it") {
    CHECK(unclear(kConfirm, OwnAddressKind::vouch).refusal == "write yes or no");
    CHECK(site.told().empty());
    CHECK(site.store.events_of(notice_entry().id).size() == 2);
  }
}

TEST_CASE("an objection is told once, and the hook follows where there is one") {
  const bool hook = GENERATE(false, true);
  Site site;
  CHECK(take_objection(site.taker(), site.own(kObject), hook).outcome == "objected");
  CHECK(site.store.is_open("hook:" + notice_entry().id + ":objected") == hook);
  CHECK(take_objection(site.taker(), site.own(kObject), hook).outcome == "repeated");
  CHECK(site.told() == NoticeKinds{NoticeKind::objected});
  CHECK(site.store.objected(notice_entry().request_key, 0).has_value() ==
        !notice_entry().request_key.empty());
}

TEST_CASE("an objection after its time") {
  Site site;
  const Taken taken = take_objection(site.taker(kNoon + 1001), site.own(kObject), true);
  CHECK(taken.outcome == "expired");
  CHECK(taken.refusal == "the time to object is over; write to the list's owner");
  CHECK(site.told().empty());
}

TEST_CASE("a report counts when it says that the mail failed") {
  Site site;
  const Taken no = take_report(site.taker(), site.own(kBounce), {false, "4.4.1"});
  CHECK(no.outcome == "ignored");
  CHECK(no.detail == "no failure");
  CHECK(site.store.find_question(site.question.id)->state == QuestionState::open);
  const Taken failed = take_report(site.taker(), site.own(kBounce), {true, "5.1.1"});
  CHECK(failed.outcome == "bounced");
  CHECK(failed.detail == "5.1.1");
  CHECK(site.store.find_question(site.question.id)->state == QuestionState::undelivered);
  CHECK(take_report(site.taker(), site.own(kBounce), {true, ""}).outcome == "repeated");
  CHECK(site.told() == NoticeKinds{NoticeKind::bounced});
}

TEST_CASE("a store that fails is told to whoever takes a token") {
  Site site;
  site.store.failing = true;
  CHECK_THROWS_AS(take_answer(site.taker(), site.own(kConfirm), true), StoreError);
  CHECK_THROWS_AS(take_objection(site.taker(), site.own(kObject), true), StoreError);
  CHECK_THROWS_AS(take_report(site.taker(), site.own(kBounce), {true, ""}), StoreError);
}
