#include "milter/coverage/letters.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/coverage_world.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kOfADay = kDaySeconds;
constexpr std::int64_t kLongAgo = kSeedDay - 400 * kOfADay;

CcTld known_cctld(const char* label, const char* admin, std::int64_t since = kLongAgo) {
  CcTld one{domain(label), {}, "", std::nullopt, std::nullopt, ""};
  one.contacts.emplace(Role::admin, Contact{address(admin), "", since, since, std::nullopt});
  return one;
}

OutreachStep letter_step(std::string id, std::int64_t at, std::vector<std::string> cctlds, std::string to,
                         std::string rule = "", std::int64_t bounced = 0) {
  return {std::move(id), at, "invite", std::move(rule), std::move(cctlds), bounced, std::move(to)};
}

OutreachStep declined_step(std::int64_t at, const char* cctld) {
  return {"d1", at, "note", "decline", {cctld}, 0};
}

RequestSeen request_of(const char* verdict, const char* ground, const char* cctld, std::int64_t at) {
  RequestSeen request;
  request.id = "r1";
  request.decided = at;
  request.cctlds = {cctld};
  request.author = std::string("anne@nic.") + cctld;
  request.author_domain = std::string("nic.") + cctld;
  request.verdict = verdict;
  request.ground = ground;
  request.request_key = "k1";
  return request;
}

/// Four ccTLDs of three contacts, and one of nobody.
struct LetterWorld {
  std::vector<CcTld> cctlds{known_cctld("xa", "hostmaster@nic.xa"),
                            known_cctld("xb", "hostmaster@nic.xb"),
                            known_cctld("xc", "Hostmaster@nic.xa"),
                            known_cctld("xn--p1ai", "a@nic.xd"),
                            {domain("xe"), {}, "", std::nullopt, std::nullopt, ""}};
  Directory directory{cctlds, {}, {}, kSeedDay};
  CoverageInput input;
  std::set<std::string> again;

  LetterWorld() { renew(); }
  void renew() {
    directory = Directory(cctlds, {}, {}, kSeedDay);
    input.directory = &directory;
    input.cctlds.clear();
    for (const CcTld& one : cctlds) input.cctlds.push_back({one.label, Region::africa});
  }
  [[nodiscard]] std::vector<Letter> at(std::int64_t now) const {
    const Coverage all = coverage(input, now);
    return letters({all,
                    input,
                    14 * kOfADay,
                    7 * kOfADay,
                    {14 * kOfADay, 35 * kOfADay},
                    [](const Address& to) { return to.domain() == domain("lists.example.org"); },
                    again});
  }
  /// `xa xc: invite uninvited`
  [[nodiscard]] std::vector<std::string> told(std::int64_t now) const {
    std::vector<std::string> all;
    for (const Letter& letter : at(now)) {
      std::string text;
      for (const std::string& cctld : letter.cctlds) text += (text.empty() ? "" : " ") + cctld;
      all.push_back(text + ": " + std::string(to_string(letter.kind)) + " " +
                    std::string(to_string(letter.why)));
    }
    return all;
  }
  [[nodiscard]] std::string first(std::int64_t now) const { return told(now).front(); }
};

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("letters: one for each contact, ASCII first; nobody without a contact") {
  const LetterWorld world;
  CHECK(world.told(kSeedDay) == Told{"xa xc: invite uninvited", "xb: invite uninvited", "xe: none no contact",
                                     "xn--p1ai: invite uninvited"});
}

TEST_CASE("letters: what is on the list is not written about") {
  LetterWorld world;
  world.input.members = {member_of("xa", "anne@nic.xa", kLongAgo)};
  CHECK(world.first(kSeedDay) == "xb: invite uninvited");
  CHECK(world.told(kSeedDay)[1] == "xc: invite uninvited");
  world.input.members.push_back(member_of("xc", "anne@nic.xa", kLongAgo));
  CHECK(world.first(kSeedDay) == "xa xc: none member");
}

TEST_CASE("letters: who said no, or is about to come, is left alone, with all ccTLDs") {
  LetterWorld world;
  world.input.steps = {declined_step(kSeedDay - 1, "xc")};
  CHECK(world.first(kSeedDay) == "xa xc: none declined");
  CHECK(world.at(kSeedDay).front().since == kSeedDay - 1);
  world.input.steps.clear();
  world.input.requests = {request_of("hold", "rule", "xa", kSeedDay - 1)};
  CHECK(world.first(kSeedDay) == "xa xc: none in progress");
  world.input.requests = {request_of("reject", "contact_refused", "xa", kSeedDay - 1)};
  CHECK(world.first(kSeedDay) == "xa xc: none contact refused");
  // What nobody proves does not keep them off the list.
  world.input.requests.front().author_domain.clear();
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  world.input.requests = {request_of("hold", "rule", "xa", kSeedDay - 1)};
  world.input.requests.front().author_domain.clear();
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  world.input.requests = {request_of("reject", "contact_not_in_copy", "xa", kSeedDay - 1)};
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  CHECK(world.at(kSeedDay).front().tried.ground == "contact_not_in_copy");
  world.input.requests.clear();
  Member gone = member_of("xa", "anne@nic.xa", kLongAgo);
  gone.ended = kSeedDay - 5;
  gone.ended_by = "7k2m9qx40c1d";
  world.input.members = {gone};
  CHECK(world.first(kSeedDay) == "xa xc: none left");
  world.input.members.front().ended_by = "hand: moved";
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
}

TEST_CASE("letters: a decline outlasts what they write, whatever time the clock gave it") {
  LetterWorld world;
  const auto numbered = [](OutreachStep step, std::int64_t number) {
    step.number = number;
    return step;
  };
  world.input.steps = {
      numbered(letter_step("i1", kSeedDay - 9 * kOfADay, {"xa", "xc"}, "hostmaster@nic.xa"), 1),
      numbered(declined_step(kSeedDay - 8 * kOfADay, "xa"), 2)};
  for (const auto& [verdict, ground] :
       {std::pair("accept", "rule"), std::pair("reject", "contact_not_in_copy"), std::pair("discard", "rule"),
        std::pair("reject", "contact_refused"), std::pair("tempfail", "dns_trouble")}) {
    INFO(verdict << " " << ground);
    world.input.requests = {request_of(verdict, ground, "xa", kSeedDay - 1)};
    CHECK(world.first(kSeedDay) == "xa xc: none declined");
    CHECK(world.at(kSeedDay).front().decision_id == "d1");
    CHECK(world.at(kSeedDay).front().since == kSeedDay - 8 * kOfADay);
  }
  world.input.requests.clear();
  // By a clock that was ahead, of the decline or of the letter before it.
  for (const std::int64_t ahead : {kOfADay, 400 * kOfADay}) {
    world.input.steps[1].at = kSeedDay + ahead;
    CHECK(world.first(kSeedDay) == "xa xc: none declined");
    world.input.steps[1].at = kSeedDay - 8 * kOfADay;
    world.input.steps[0].at = kSeedDay + ahead;
    CHECK(world.first(kSeedDay) == "xa xc: none declined");
    world.input.steps[0].at = kSeedDay - 9 * kOfADay;
  }
  // A letter that was begun at the same moment is no word of an operator.
  world.input.steps.push_back(
      numbered(letter_step("i2", kSeedDay - 7 * kOfADay, {"xa", "xc"}, "hostmaster@nic.xa"), 3));
  CHECK(world.first(kSeedDay) == "xa xc: none declined");
  world.input.steps.back().rule = "again";
  CHECK(world.first(kSeedDay) == "xa xc: none invited");
  world.input.steps.back().at = kSeedDay - 8 * kOfADay - 100;  // a clock that went back
  CHECK(world.first(kSeedDay) == "xa xc: none invited");
  world.input.steps.back().cctlds = {"xc"};
  CHECK(world.first(kSeedDay) == "xa xc: none declined");
  world.input.steps.back().cctlds = {"xa", "xc"};
  world.input.steps.push_back(numbered(declined_step(kSeedDay - 8 * kOfADay - 200, "xc"), 4));
  CHECK(world.first(kSeedDay) == "xa xc: none declined");
}

TEST_CASE("letters: a decline ends when somebody came after it") {
  LetterWorld world;
  world.input.steps = {declined_step(kSeedDay - 8 * kOfADay, "xa")};
  Member gone = member_of("xa", "anne@nic.xa", kSeedDay - 9 * kOfADay);
  gone.ended = kSeedDay - 5 * kOfADay;
  gone.ended_by = "hand: moved";
  world.input.members = {gone};
  CHECK(world.first(kSeedDay) == "xa xc: none declined");
  world.input.members.front().since = kSeedDay - 7 * kOfADay;
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  // Who is on the list and wants no more is not written to about the other ones.
  world.input.members = {member_of("xa", "anne@nic.xa", kSeedDay - 9 * kOfADay)};
  CHECK(world.first(kSeedDay) == "xa xc: none declined");
}

TEST_CASE("letters: a contact that said no is asked by nobody but a person") {
  LetterWorld world;
  world.input.requests = {request_of("reject", "contact_refused", "xa", kSeedDay - 300 * kOfADay)};
  world.input.requests.push_back(request_of("reject", "contact_not_in_copy", "xa", kSeedDay - 1));
  world.input.requests.back().id = "r2";
  world.input.requests.back().request_key = "k2";
  CHECK(world.first(kSeedDay) == "xa xc: none contact refused");
  CHECK(world.at(kSeedDay).front().decision_id == "r1");
  CHECK(world.at(kSeedDay).front().since == kSeedDay - 300 * kOfADay);
  // The same by the question that it answered.
  world.input.requests.front().verdict = "ask";
  world.input.requests.front().ground = "rule";
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  Question question;
  question.request_key = "k1";
  question.cctlds = {"xa"};
  question.asked = kSeedDay - 300 * kOfADay;
  question.answered = kSeedDay - 299 * kOfADay;
  question.state = QuestionState::refused;
  world.input.questions = {question};
  CHECK(world.first(kSeedDay) == "xa xc: none contact refused");
  CHECK(world.at(kSeedDay).front().since == kSeedDay - 299 * kOfADay);
  world.input.questions.front().cctlds = {"xb"};  // another contact said no
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  world.input.questions.front().cctlds = {"xa"};
  world.input.requests.front().author_domain.clear();  // it said no to what anybody could have written
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  world.input.requests.front().author_domain = "nic.xa";
  world.again = {"xa"};
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  CHECK(world.at(kSeedDay).front().again);
  world.again.clear();
  world.input.steps = {letter_step("i1", kSeedDay - 298 * kOfADay, {"xa", "xc"}, "hostmaster@nic.xa")};
  CHECK(world.first(kSeedDay) == "xa xc: none contact refused");
  world.input.steps.front().rule = "again";
  CHECK(world.first(kSeedDay) == "xa xc: remind invited");
  world.input.steps.front().at = kSeedDay - 301 * kOfADay;
  CHECK(world.first(kSeedDay) == "xa xc: none contact refused");
}

TEST_CASE("letters: what was tried is of a ccTLD that it is written about") {
  LetterWorld world;
  world.cctlds[0] = known_cctld("xa", "hostmaster@nic.xa", kSeedDay - 3 * kOfADay);
  world.renew();
  world.input.requests = {request_of("reject", "contact_not_in_copy", "xa", kSeedDay - 1)};
  CHECK(world.told(kSeedDay)[1] == "xc: invite uninvited");
  CHECK(world.at(kSeedDay)[1].tried == Standing{});
}

TEST_CASE("letters: who came or asked by a clock ahead of now is not written to") {
  LetterWorld world;
  world.input.members = {member_of("xa", "anne@nic.xa", kSeedDay + kOfADay)};
  CHECK(world.told(kSeedDay)[1] == "xc: invite uninvited");
  world.input.members.clear();
  for (const char* verdict : {"accept", "ask", "hold", "tempfail"}) {
    world.input.requests = {request_of(verdict, "rule", "xa", kSeedDay + kOfADay)};
    CHECK(world.first(kSeedDay) == "xa xc: none in progress");
    world.input.requests.front().observed = true;
    CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  }
  world.input.requests = {request_of("reject", "contact_not_in_copy", "xa", kSeedDay + kOfADay)};
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  world.input.requests = {request_of("hold", "rule", "xa", kSeedDay + kOfADay)};
  world.input.requests.front().author_domain.clear();
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
}

TEST_CASE("letters: contact data that nobody can rely on") {
  LetterWorld world;
  CHECK(world.first(kSeedDay + 8 * kOfADay) == "xa xc: none stale contact data");
  world.cctlds[0] = known_cctld("xa", "hostmaster@nic.xa", kSeedDay - 3 * kOfADay);
  world.renew();
  CHECK(world.told(kSeedDay)[1] == "xc: invite uninvited");
  world.cctlds[2] = known_cctld("xc", "hostmaster@nic.xa", kSeedDay - 3 * kOfADay);
  world.renew();
  CHECK(world.first(kSeedDay) == "xa xc: none new contact");
  CHECK(world.at(kSeedDay).front().since == kSeedDay - 3 * kOfADay);
  world.cctlds[1].unusable = true;
  world.cctlds[3] = known_cctld("xn--p1ai", "tld-ops@lists.example.org");
  world.renew();
  CHECK(world.told(kSeedDay) == Told{"xa xc: none new contact", "xb: none bad contact data",
                                     "xe: none no contact", "xn--p1ai: none an address of ours"});
}

TEST_CASE("letters: reminders by their age, each once, and none to those who came") {
  LetterWorld world;
  world.cctlds.erase(world.cctlds.begin() + 1, world.cctlds.end());
  world.cctlds.push_back(known_cctld("xc", "hostmaster@nic.xa"));
  for (CcTld& one : world.cctlds) one.fetched = kSeedDay + 1000 * kOfADay;
  world.renew();
  auto& steps = world.input.steps;
  steps = {letter_step("i1", kSeedDay, {"xa", "xc"}, "HOSTMASTER@nic.xa")};
  const auto day = [](int days) { return kSeedDay + days * kOfADay; };
  CHECK(world.first(kSeedDay) == "xa xc: none invited");
  CHECK(world.first(day(14) - 1) == "xa xc: none invited");
  CHECK(world.first(day(14)) == "xa xc: remind invited");
  CHECK(world.at(day(14)).front().number == 1);
  CHECK(world.at(day(40)).front().number == 2);
  steps.push_back(letter_step("i2", day(14), {"xa", "xc"}, "hostmaster@nic.xa", reminder_rule(1)));
  CHECK(world.first(day(15)) == "xa xc: none invited");
  CHECK(world.at(day(15)).front().reminders == 1);
  CHECK(world.first(day(35)) == "xa xc: remind invited");
  // One that came late has the next one wait.
  steps.back().at = day(34);
  CHECK(world.first(day(35)) == "xa xc: none invited");
  CHECK(world.first(day(41)) == "xa xc: remind invited");
  steps.push_back(letter_step("i3", day(41), {"xa", "xc"}, "hostmaster@nic.xa", reminder_rule(2)));
  CHECK(world.first(day(500)) == "xa xc: none invited");
  steps.pop_back();
  world.input.members = {member_of("xa", "anne@nic.xa", day(36))};
  CHECK(world.first(day(50)) == "xa xc: none member");
}

TEST_CASE("letters: a clock that went back makes none") {
  LetterWorld world;
  world.input.steps = {letter_step("i1", kSeedDay + 3 * kOfADay, {"xa", "xc"}, "hostmaster@nic.xa")};
  CHECK(world.first(kSeedDay) == "xa xc: none invited");
  CHECK(has_begun(world.input.steps));
  CHECK(invited_today(world.input.steps, kSeedDay + 3 * kOfADay) == 1);
  CHECK(invited_today(world.input.steps, kSeedDay + 2 * kOfADay) == 1);
  CHECK(invited_today(world.input.steps, kSeedDay) == 0);
  CHECK(invited_today(world.input.steps, kSeedDay + 4 * kOfADay) == 0);
}

TEST_CASE("letters: whose last mail came back is not written to, but another contact is") {
  LetterWorld world;
  world.input.steps = {letter_step("i1", kSeedDay - 5 * kOfADay, {"xb"}, "hostmaster@nic.xb", "", kSeedDay)};
  CHECK(world.told(kSeedDay)[1] == "xb: none bounced");
  CHECK(world.at(kSeedDay)[1].since == kSeedDay);
  world.cctlds[1] = known_cctld("xb", "other@nic.xb");
  world.renew();
  CHECK(world.told(kSeedDay)[1] == "xb: invite uninvited");
  world.input.steps.front().to.clear();  // nothing tells whom it went to
  CHECK(world.told(kSeedDay)[1] == "xb: none bounced");
}

TEST_CASE("letters: again, where an operator says so; not to whom nobody may write") {
  LetterWorld world;
  world.again = {"xa"};
  world.input.steps = {declined_step(kSeedDay - 1, "xa")};
  CHECK(world.first(kSeedDay) == "xa xc: invite uninvited");
  world.input.steps.push_back(letter_step("i1", kSeedDay, {"xa", "xc"}, "hostmaster@nic.xa", "", kSeedDay));
  CHECK(world.first(kSeedDay) == "xa xc: invite invited");
  CHECK(world.at(kSeedDay).front().last == "i1");
  CHECK(world.first(kSeedDay + 8 * kOfADay) == "xa xc: none stale contact data");
  world.input.requests = {request_of("hold", "rule", "xa", kSeedDay)};
  CHECK(world.first(kSeedDay) == "xa xc: none in progress");
}
