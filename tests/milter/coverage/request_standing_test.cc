#include "milter/coverage/request_standing.h"

#include "milter/coverage/follow_ups.h"
#include "policy/verdict/verdict.h"
#include "tests/support/catch.h"
#include "tests/support/coverage_world.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kOneDay = kDaySeconds;
using enum CoverageState;
using Marks = std::vector<std::string>;

struct Desk {
  World world{{cctld("xa", "hostmaster@nic.xa", "noc@backend.example"), cctld("xb", "owner@mail.example")}};

  RequestSeen& request(std::string verdict, std::string ground, std::int64_t at,
                       std::string author = "anne@nic.xa", std::string domain = "nic.xa") {
    RequestSeen seen;
    seen.id = "id" + std::to_string(world.input.requests.size());
    seen.decided = at;
    seen.cctlds = {"xa"};
    seen.author = std::move(author);
    seen.author_domain = std::move(domain);
    seen.verdict = std::move(verdict);
    seen.ground = std::move(ground);
    seen.rule = "default";
    seen.request_key = seen.id;
    world.input.requests.push_back(std::move(seen));
    return world.input.requests.back();
  }
  Question& question(const RequestSeen& request, QuestionState state, std::int64_t answered = 0) {
    Question question;
    question.id = "q" + std::to_string(world.input.questions.size());
    question.request_key = request.request_key;
    question.contact = "hostmaster@nic.xa";
    question.cctlds = {"xa"};
    question.asked = request.decided;
    question.expires = request.decided + 7 * kOneDay;
    question.state = state;
    question.answered = answered;
    world.input.questions.push_back(std::move(question));
    return world.input.questions.back();
  }
  Standing look(std::int64_t at) { return world.at("xa", at).standing; }
};

}  // namespace

TEST_CASE("a refusal counts for 90 days") {
  Desk desk;
  desk.request("reject", "contact_not_in_copy", kSeedDay);
  CHECK(desk.look(kSeedDay - 1).state == uninvited);
  const Standing refused_now = desk.look(kSeedDay + 90 * kOneDay - 1);
  CHECK(refused_now.state == refused);
  CHECK(refused_now.since == kSeedDay);
  CHECK(refused_now.author == "anne@nic.xa");
  CHECK(refused_now.decision_id == "id0");
  CHECK(mark_words(refused_now) == Marks{"contact_not_in_copy"});
  CHECK(desk.look(kSeedDay + 90 * kOneDay).state == uninvited);
}

TEST_CASE("strangers do not paint the map") {
  Desk desk;
  for (int i = 0; i < 1000; ++i)
    desk.request("reject", "outsider", kSeedDay + i, "mallory@evil.example", "evil.example");
  desk.request("hold", "rule", kSeedDay, "mallory@evil.example", "evil.example");
  desk.request("tempfail", "dns_trouble", kSeedDay, "mallory@evil.example", "evil.example");
  // Who has an address of the registry's domain in From, and another's signature.
  desk.request("reject", "not_authenticated", kSeedDay, "anne@nic.xa", "evil.example");
  desk.request("reject", "not_authenticated", kSeedDay, "", "");
  desk.request("reject", "not_authenticated", kSeedDay, "anne@notnic.xa", "");
  CHECK(desk.look(kSeedDay + kOneDay) == Standing{});
  // Nor hide what the registry wrote.
  desk.request("reject", "contact_not_in_copy", kSeedDay);
  desk.request("reject", "not_authenticated", kSeedDay + 1, "anne@nic.xa", "");
  CHECK(desk.look(kSeedDay + kOneDay).ground == "contact_not_in_copy");
}

TEST_CASE("what only says that it is of the registry is marked") {
  Desk desk;
  desk.request("reject", "not_authenticated", kSeedDay, "anne@nic.xa", "");
  CHECK(desk.look(kSeedDay).state == refused);
  CHECK(mark_words(desk.look(kSeedDay)) == Marks{"not_authenticated", "unproven"});
}

TEST_CASE("who is of the registry") {
  Desk desk;
  RequestSeen one = desk.request("reject", "outsider", kSeedDay);
  const auto standpoint = [&](std::string author, std::string domain, const char* cctld = "xa") {
    one.author = std::move(author);
    one.author_domain = std::move(domain);
    return standpoint_of(one, *desk.world.directory, test::domain(cctld));
  };
  CHECK(standpoint("hostmaster@nic.xa", "nic.xa") == Standpoint::registry);
  CHECK(standpoint("noc@backend.example", "backend.example") == Standpoint::registry);
  CHECK(standpoint("ben@backend.example", "backend.example") == Standpoint::registry);
  CHECK(standpoint("hostmaster@nic.xa", "") == Standpoint::maybe);
  CHECK(standpoint("mallory@sub.nic.xa", "sub.nic.xa") == Standpoint::stranger);
  CHECK(standpoint("hostmaster@nic.xa", "nic.xa", "xb") == Standpoint::stranger);
  CHECK(standpoint("hostmaster@nic.xa", "nic.xa", "zz") == Standpoint::stranger);
}

TEST_CASE("held, put off and asked are in progress for 14 days") {
  Desk desk;
  desk.request("hold", "guard", kSeedDay);
  CHECK(desk.look(kSeedDay).state == in_progress);
  CHECK(mark_words(desk.look(kSeedDay)) == Marks{"guard", "held"});
  CHECK(desk.look(kSeedDay + 14 * kOneDay).state == uninvited);
  desk.world.input.requests.clear();
  desk.request("tempfail", "dns_trouble", kSeedDay);
  CHECK(mark_words(desk.look(kSeedDay)) == Marks{"dns_trouble"});
  desk.request("reject", "malformed", kSeedDay + 1).request_key = "id0";
  CHECK(desk.look(kSeedDay + 1).state == refused);  // the same, decided later
  desk.world.input.requests.back().verdict = "accept";
  CHECK(desk.look(kSeedDay + 1).state == uninvited);
}

TEST_CASE("what comes of a question") {
  Desk desk;
  const RequestSeen asked = desk.request("ask", "contact_asked", kSeedDay);
  desk.question(asked, QuestionState::open);
  CHECK(mark_words(desk.look(kSeedDay + kOneDay)) == Marks{"contact_asked", "asked"});
  CHECK(desk.look(kSeedDay + kOneDay).state == in_progress);
  CHECK(desk.look(kSeedDay + 7 * kOneDay).state == refused);
  CHECK(mark_words(desk.look(kSeedDay + 7 * kOneDay)) == Marks{"expired"});
  Question& question = desk.world.input.questions.front();
  question.state = QuestionState::refused;
  question.answered = kSeedDay + 2 * kOneDay;
  CHECK(desk.look(kSeedDay + kOneDay).state == in_progress);
  CHECK(mark_words(desk.look(kSeedDay + 2 * kOneDay)) == Marks{"contact_refused"});
  CHECK(desk.look(kSeedDay + 2 * kOneDay).since == kSeedDay + 2 * kOneDay);
  question.state = QuestionState::undelivered;
  question.answered = 0;
  CHECK(mark_words(desk.look(kSeedDay + kOneDay)) == Marks{"bounced"});
  question.state = QuestionState::confirmed;
  question.answered = kSeedDay + kOneDay;
  CHECK(desk.look(kSeedDay + 2 * kOneDay).state == in_progress);
}

TEST_CASE("a stranger's question is in progress only where the registry said nothing") {
  Desk desk;
  const RequestSeen stranger =
      desk.request("ask", "contact_asked", kSeedDay, "mallory@evil.example", "evil.example");
  desk.question(stranger, QuestionState::open);
  CHECK(mark_words(desk.look(kSeedDay)) == Marks{"contact_asked", "asked", "unproven"});
  desk.world.input.questions.front().state = QuestionState::refused;
  desk.world.input.questions.front().answered = kSeedDay + 1;
  CHECK(desk.look(kSeedDay + 1) == Standing{});
  desk.world.input.questions.front().state = QuestionState::open;
  desk.world.input.questions.front().answered = 0;
  desk.request("reject", "contact_not_in_copy", kSeedDay - kOneDay);
  CHECK(desk.look(kSeedDay).state == refused);
}

TEST_CASE("what a list only observed was not refused") {
  Desk desk;
  desk.request("reject", "outsider", kSeedDay).observed = true;
  CHECK(desk.look(kSeedDay) == Standing{});
}

TEST_CASE("a request after a refusal to come takes it back, a stranger's does not") {
  Desk desk;
  desk.world.input.steps = {{"d", kSeedDay, "note", "decline", {"xa"}, 0}};
  desk.request("reject", "outsider", kSeedDay + 1, "mallory@evil.example", "evil.example");
  desk.request("reject", "not_authenticated", kSeedDay + 1, "anne@nic.xa", "");
  CHECK(desk.look(kSeedDay + 2).state == declined);
  desk.request("reject", "contact_not_in_copy", kSeedDay + 1);
  CHECK(desk.look(kSeedDay + 2).state == refused);
}

TEST_CASE("each ground makes a follow-up") {
  for (const auto& [ground, word] : EnumWords<Ground>::table) {
    INFO(word);
    Desk desk;
    const bool later = ground == Ground::dns_trouble || ground == Ground::contact_asked;
    const RequestSeen asked = desk.request(later ? "tempfail" : "reject", std::string(word), kSeedDay);
    if (ground == Ground::contact_asked) desk.question(asked, QuestionState::open);
    const Coverage now = coverage(desk.world.input, kSeedDay);
    const auto rows = follow_ups(now, desk.world.input, true);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].cctld.ascii() == "xa");
    CHECK(rows[0].ground == word);
    CHECK(rows[0].state == (later ? in_progress : refused));
    CHECK(rows[0].decision_id == "id0");
    CHECK_FALSE(rows[0].why.empty());
    CHECK_FALSE(rows[0].tell.empty());
    for (const FollowUp& anonymous : follow_ups(now, desk.world.input, false)) {
      CHECK(anonymous.why.find('@') == std::string::npos);
      for (const auto& tell : anonymous.tell) CHECK((tell.whom + tell.what).find('@') == std::string::npos);
    }
  }
}

TEST_CASE("the follow-up of the design's example") {
  Desk desk;
  desk.request("reject", "contact_not_in_copy", kSeedDay);
  const auto rows = follow_ups(coverage(desk.world.input, kSeedDay), desk.world.input, true);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].why == "anne@nic.xa wrote without hostmaster@nic.xa in Cc");
  REQUIRE(rows[0].tell.size() == 1);
  CHECK(rows[0].tell[0].whom == "anne@nic.xa");
  CHECK(rows[0].tell[0].what == "send it again with hostmaster@nic.xa in Cc");
}

TEST_CASE("follow-ups of members and invitations") {
  Desk desk;
  Member anne = member_of("xa", "Anne@nic.xa", kSeedDay), ben = member_of("xa", "ben@nic.xa", kSeedDay);
  ben.seen = kSeedDay + 8 * kOneDay;
  desk.world.input.members = {anne, ben};
  desk.world.input.steps = {{"i", kSeedDay, "invite", "", {"xb"}, kSeedDay + 1}};
  const auto rows = follow_ups(coverage(desk.world.input, kSeedDay + 9 * kOneDay), desk.world.input, true);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].ground == "not-on-list");
  CHECK(rows[0].tell[0].whom == "Anne@nic.xa");
  CHECK(rows[1].ground == "bounced");
  CHECK(rows[1].why == "owner@mail.example, the address that IANA lists, takes no mail");
  CHECK(rows[1].tell[0].whom == "the registry of .xb");
}

TEST_CASE("a placeholder in what somebody wrote stays what it is") {
  Desk desk;
  desk.request("reject", "guard", kSeedDay).rule = "{author} {tld}";
  const auto rows = follow_ups(coverage(desk.world.input, kSeedDay), desk.world.input, true);
  CHECK(rows.at(0).why == "`{author} {tld}` of the policy did not let anne@nic.xa through");
}
