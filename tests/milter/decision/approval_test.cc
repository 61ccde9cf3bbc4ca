#include "milter/decision/approval.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kNow = 1'000'000;
constexpr AskTimes kTimes{kNow, 1000};

const Directory& directory() {
  static const Directory all(
      {cctld("xa", "one@nic.xa", "tech@nic.xa"), cctld("xb", "two@nic.xb", "tech@nic.xb"),
       cctld("xc", "two@nic.xb", "tech@nic.xc")},
      {}, {});
  return all;
}

Verdict asks(std::vector<const char*> labels) {
  Verdict verdict;
  verdict.decision = Decision::ask;
  for (const char* label : labels) {
    CcTldVerdict each;
    each.cctld = domain(label);
    each.decision = Decision::ask;
    verdict.per_cctld.push_back(each);
  }
  return verdict;
}

Question question(const char* contact, std::vector<std::string> cctlds, QuestionState state,
                  std::int64_t asked, std::int64_t answered = 0) {
  Question result;
  result.contact = contact;
  result.cctlds = std::move(cctlds);
  result.state = state;
  result.asked = asked;
  result.expires = asked + 500;
  result.answered = answered;
  return result;
}

const Address kAuthor = address("anne@other.example");
const std::set<Role> kAdmin{Role::admin};

std::vector<Poll> polls(const Verdict& verdict, const std::set<Role>& authority = kAdmin) {
  return polls_of(verdict, {directory(), authority, kAuthor, {}, kNow, 0});
}

TEST_CASE("a family that shares a contact is asked once, two registries both") {
  const PeopleToAsk people = approval_of(polls(asks({"xa", "xb", "xc"})), {}, kTimes).unasked;
  REQUIRE(people.size() == 2);
  CHECK(people.at(address("one@nic.xa")).cctlds == std::set<Domain>{domain("xa")});
  CHECK(people.at(address("two@nic.xb")).cctlds == std::set<Domain>{domain("xb"), domain("xc")});
  CHECK_FALSE(people.at(address("one@nic.xa")).as);
}

TEST_CASE("the admin contact is asked where it has authority, else who has") {
  CHECK(polls(asks({"xa"}), {Role::admin, Role::tech}).at(0).of ==
        std::vector<PollMember>{{address("one@nic.xa"), std::nullopt, true}});
  CHECK(polls(asks({"xa"}), {Role::tech}).at(0).of ==
        std::vector<PollMember>{{address("tech@nic.xa"), std::nullopt, true}});
  CHECK(polls(asks({"xa"}), {Role::security}).empty());
}

TEST_CASE("an approval needs the newest fresh word of each contact") {
  struct Row {
    const char* story;
    std::vector<Question> questions;
    Approval::State want;
    std::size_t unasked;
  };
  using enum QuestionState;
  const std::vector<std::string> xa{"xa"}, xbc{"xb", "xc"};
  const auto row = GENERATE_COPY(values<Row>({
      {"nobody was asked", {}, Approval::State::waiting, 2},
      {"both are asked",
       {question("one@nic.xa", xa, open, kNow - 10), question("two@nic.xb", xbc, open, kNow - 10)},
       Approval::State::waiting,
       0},
      {"one has confirmed",
       {question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 5),
        question("two@nic.xb", xbc, open, kNow - 10)},
       Approval::State::waiting,
       0},
      {"both have",
       {question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 5),
        question("TWO@nic.xb", xbc, confirmed, kNow - 10, kNow - 5)},
       Approval::State::given,
       0},
      {"one said no",
       {question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 5),
        question("two@nic.xb", xbc, refused, kNow - 10, kNow - 5)},
       Approval::State::refused,
       0},
      {"one confirmed too long ago",
       {question("one@nic.xa", xa, confirmed, kNow - 2000, kNow - 1000),
        question("two@nic.xb", xbc, confirmed, kNow - 10, kNow - 5)},
       Approval::State::waiting,
       1},
      {"one did not answer in time",
       {question("one@nic.xa", xa, open, kNow - 500),
        question("two@nic.xb", xbc, confirmed, kNow - 10, kNow - 5)},
       Approval::State::waiting,
       1},
      {"one has confirmed for fewer ccTLDs",
       {question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 5),
        question("two@nic.xb", {"xb"}, confirmed, kNow - 10, kNow - 5)},
       Approval::State::waiting,
       1},
      {"somebody else has confirmed",
       {question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 5),
        question("three@nic.xb", xbc, confirmed, kNow - 10, kNow - 5)},
       Approval::State::waiting,
       1},
      {"the mail to one did not arrive",
       {question("one@nic.xa", xa, undelivered, kNow - 10), question("two@nic.xb", xbc, open, kNow - 10)},
       Approval::State::waiting,
       1},
      {"one answered a mail that was taken for lost, and was asked anew",
       {question("one@nic.xa", xa, open, kNow - 5),
        question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 3),
        question("two@nic.xb", xbc, confirmed, kNow - 10, kNow - 5)},
       Approval::State::given,
       0},
      {"one said no to one mail and yes to another",
       {question("one@nic.xa", xa, confirmed, kNow - 5, kNow - 2),
        question("one@nic.xa", xa, refused, kNow - 10, kNow - 3),
        question("two@nic.xb", xbc, confirmed, kNow - 10, kNow - 5)},
       Approval::State::refused,
       0},
      {"one changed his mind",
       {question("one@nic.xa", xa, confirmed, kNow - 10, kNow - 5),
        question("two@nic.xb", xbc, confirmed, kNow - 100, kNow - 90),
        question("two@nic.xb", xbc, refused, kNow - 10, kNow - 5)},
       Approval::State::refused,
       0},
  }));
  INFO(row.story);
  const Approval approval = approval_of(polls(asks({"xa", "xb", "xc"})), row.questions, kTimes);
  CHECK(approval.state == row.want);
  CHECK(approval.unasked.size() == row.unasked);
  CHECK(approval.given_by.size() == (row.want == Approval::State::given ? 2 : 0));
}

TEST_CASE("where nobody can be asked, nothing is approved") {
  CHECK(approval_of({}, {}, kTimes).state == Approval::State::waiting);
}

TEST_CASE("what was written down in the future is no approval") {
  constexpr std::int64_t kYear = 365 * 86400;
  const std::vector<Poll> one = polls(asks({"xa"}));
  const auto state = [&](std::int64_t asked, std::int64_t answered) {
    const Approval approval =
        approval_of(one, {question("one@nic.xa", {"xa"}, QuestionState::confirmed, asked, answered)}, kTimes);
    return approval.state;
  };
  CHECK(state(kNow + kYear, kNow + kYear) == Approval::State::waiting);
  CHECK(state(kNow - 10, kNow + kYear) == Approval::State::waiting);
  CHECK(state(kNow + kYear, kNow - 10) == Approval::State::given);  // the answer came by the right clock
  CHECK(state(kNow - 10, kNow + 60) == Approval::State::given);     // another machine's clock is ahead
  const Question open = question("one@nic.xa", {"xa"}, QuestionState::open, kNow + kYear);
  CHECK(approval_of(one, {open}, kTimes).unasked.size() == 1);
}

/// Two of xa's three, and the three of them are asked.
std::vector<Poll> three(std::size_t need = 2) {
  Poll poll{domain("xa"), need, {}};
  poll.of = {{address("one@nic.xa"), Voucher::admin_contact, true},
             {address("tech@nic.xa"), Voucher::tech_contact, false},
             {address("ben@nic.xa"), Voucher::members, false}};
  return {poll};
}

TEST_CASE("of several, as many have to say yes as the policy says") {
  struct Row {
    const char* story;
    std::size_t need;
    std::map<const char*, QuestionState> said;
    Approval::State want;
    std::size_t waiting_for, unasked;
  };
  using enum QuestionState;
  using State = Approval::State;
  constexpr auto kOne = "one@nic.xa", kTech = "tech@nic.xa", kBen = "ben@nic.xa";
  const auto row = GENERATE_COPY(values<Row>({
      {"nobody was asked", 2, {}, State::waiting, 3, 3},
      {"all are asked", 2, {{kOne, open}, {kTech, open}, {kBen, open}}, State::waiting, 3, 0},
      {"one yes", 2, {{kOne, confirmed}, {kTech, open}, {kBen, open}}, State::waiting, 2, 0},
      {"two yeses", 2, {{kOne, confirmed}, {kTech, open}, {kBen, confirmed}}, State::given, 0, 0},
      {"without the contact", 2, {{kOne, open}, {kTech, confirmed}, {kBen, confirmed}}, State::given, 0, 0},
      {"the contact says no",
       2,
       {{kOne, refused}, {kTech, confirmed}, {kBen, confirmed}},
       State::refused,
       0,
       0},
      {"a no of another", 2, {{kOne, confirmed}, {kTech, open}, {kBen, refused}}, State::waiting, 1, 0},
      {"and enough all the same",
       2,
       {{kOne, confirmed}, {kTech, confirmed}, {kBen, refused}},
       State::given,
       0,
       0},
      {"two noes of others",
       2,
       {{kOne, confirmed}, {kTech, refused}, {kBen, refused}},
       State::outvoted,
       0,
       0},
      {"one is enough", 1, {{kOne, open}, {kTech, open}, {kBen, confirmed}}, State::given, 0, 0},
      {"one is enough, but not against the contact",
       1,
       {{kOne, refused}, {kBen, confirmed}},
       State::refused,
       0,
       0},
      {"all are needed", 3, {{kOne, confirmed}, {kTech, confirmed}, {kBen, open}}, State::waiting, 1, 0},
      {"all are needed, and one says no",
       3,
       {{kOne, open}, {kTech, open}, {kBen, refused}},
       State::outvoted,
       0,
       0},
      {"four are needed",
       4,
       {{kOne, confirmed}, {kTech, confirmed}, {kBen, confirmed}},
       State::too_few,
       0,
       0},
      {"an expired question is asked anew",
       2,
       {{kOne, open}, {kTech, expired}, {kBen, open}},
       State::waiting,
       3,
       1},
      {"a contact whom mail did not reach is, a member not",
       2,
       {{kOne, open}, {kTech, undelivered}, {kBen, undelivered}},
       State::waiting,
       3,
       1},
      {"somebody else does not count",
       2,
       {{kOne, confirmed}, {"eve@evil.example", confirmed}},
       State::waiting,
       2,
       2},
  }));
  INFO(row.story);
  std::vector<Question> questions;
  for (const auto& [who, state] : row.said)
    questions.push_back(
        question(who, {"xa"}, state, kNow - 10, state == confirmed || state == refused ? kNow - 5 : 0));
  const Approval approval = approval_of(three(row.need), questions, kTimes);
  CHECK(approval.state == row.want);
  if (row.want == State::waiting) CHECK(approval.waiting_for.size() == row.waiting_for);
  CHECK((row.want != State::waiting || approval.unasked.size() == row.unasked));
}

TEST_CASE("what an acceptance by several rests on") {
  using enum QuestionState;
  const std::vector<Question> questions{question("ben@nic.xa", {"xa"}, confirmed, kNow - 10, kNow - 5),
                                        question("tech@nic.xa", {"xa"}, refused, kNow - 10, kNow - 5),
                                        question("one@nic.xa", {"xa"}, confirmed, kNow - 10, kNow - 4)};
  const Approval approval = approval_of(three(), questions, kTimes);
  REQUIRE(approval.given_by.size() == 2);
  CHECK(approval.given_by[0].contact == "one@nic.xa");  // the contact first
  CHECK(approval.given_by[1].contact == "ben@nic.xa");
  REQUIRE(approval.members.size() == 1);
  CHECK(approval.members[0].who == address("ben@nic.xa"));
  CHECK(approval.refusals.size() == 1);
  CHECK(counted_yes(three(), questions, kTimes) == "2 of 2 for .xa (1 said no)");
  CHECK(counted_yes(polls(asks({"xa"})), questions, kTimes).empty());
}

TEST_CASE("the author is told whom of the contacts is asked, and of no member") {
  const Approval approval = approval_of(three(), {}, kTimes);
  CHECK(approval.named == std::vector<Address>{address("one@nic.xa"), address("tech@nic.xa")});
  const ToAsk& about = approval.unasked.at(address("ben@nic.xa"));
  CHECK(about.as == Voucher::members);
  CHECK(about.needed == std::map<Domain, std::size_t>{{domain("xa"), 2}});
  CHECK(about.beside == std::set<Voucher>{Voucher::admin_contact, Voucher::tech_contact});
}

TEST_CASE("a yes that is good for a question before is none for the next ccTLD") {
  std::vector<Poll> both = three(1);
  both.push_back({domain("xb"), 1, {{address("ben@nic.xa"), Voucher::members, false}}});
  const Question yes = question("ben@nic.xa", {"xa"}, QuestionState::confirmed, kNow - 10, kNow - 5);
  CHECK(approval_of(both, {yes}, kTimes).state == Approval::State::waiting);
  const Question of_both =
      question("ben@nic.xa", {"xa", "xb"}, QuestionState::confirmed, kNow - 10, kNow - 5);
  CHECK(approval_of(both, {of_both}, kTimes).state == Approval::State::given);
}

TEST_CASE("a question whose request was let in by others is asked anew") {
  Question open = question("one@nic.xa", {"xa"}, QuestionState::open, kNow - 10);
  CHECK(approval_of(three(), {open}, kTimes).unasked.size() == 2);
  open.let_in = kNow - 5;
  CHECK(approval_of(three(), {open}, kTimes).unasked.size() == 3);
}

TEST_CASE("what an operator took back is not asked again before its time is over") {
  const auto waiting = polls(asks({"xa"}));
  Question taken_back = question("one@nic.xa", {"xa"}, QuestionState::expired, kNow - 100, kNow - 50);
  CHECK(approval_of(waiting, {taken_back}, kTimes).state == Approval::State::waiting);
  CHECK(approval_of(waiting, {taken_back}, kTimes).unasked.empty());
  taken_back.expires = kNow;
  CHECK(approval_of(waiting, {taken_back}, kTimes).unasked.size() == 1);
  const Question run_out = question("one@nic.xa", {"xa"}, QuestionState::expired, kNow - 100);
  CHECK(approval_of(waiting, {run_out}, kTimes).unasked.size() == 1);
}

}  // namespace
}  // namespace ccgate
