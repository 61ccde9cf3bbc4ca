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

TEST_CASE("a family that shares a contact is asked once, two registries both") {
  const ContactsToAsk contacts = contacts_to_ask(asks({"xa", "xb", "xc"}), directory(), {Role::admin});
  REQUIRE(contacts.size() == 2);
  CHECK(contacts.at(address("one@nic.xa")) == std::set<Domain>{domain("xa")});
  CHECK(contacts.at(address("two@nic.xb")) == std::set<Domain>{domain("xb"), domain("xc")});
}

TEST_CASE("the admin contact is asked where it has authority, else who has") {
  CHECK(
      contacts_to_ask(asks({"xa"}), directory(), {Role::admin, Role::tech}).contains(address("one@nic.xa")));
  CHECK(contacts_to_ask(asks({"xa"}), directory(), {Role::tech}).contains(address("tech@nic.xa")));
  CHECK(contacts_to_ask(asks({"xa"}), directory(), {Role::security}).empty());
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
  const auto contacts = contacts_to_ask(asks({"xa", "xb", "xc"}), directory(), {Role::admin});
  const Approval approval = approval_of(contacts, row.questions, kTimes);
  CHECK(approval.state == row.want);
  CHECK(approval.unasked.size() == row.unasked);
  CHECK(approval.given_by.size() == (row.want == Approval::State::given ? 2 : 0));
}

TEST_CASE("where nobody can be asked, nothing is approved") {
  CHECK(approval_of({}, {}, kTimes).state == Approval::State::waiting);
}

TEST_CASE("what was written down in the future is no approval") {
  constexpr std::int64_t kYear = 365 * 86400;
  const ContactsToAsk contacts = contacts_to_ask(asks({"xa"}), directory(), {Role::admin});
  const auto state = [&](std::int64_t asked, std::int64_t answered) {
    const Approval approval = approval_of(
        contacts, {question("one@nic.xa", {"xa"}, QuestionState::confirmed, asked, answered)}, kTimes);
    return approval.state;
  };
  CHECK(state(kNow + kYear, kNow + kYear) == Approval::State::waiting);
  CHECK(state(kNow - 10, kNow + kYear) == Approval::State::waiting);
  CHECK(state(kNow + kYear, kNow - 10) == Approval::State::given);  // the answer came by the right clock
  CHECK(state(kNow - 10, kNow + 60) == Approval::State::given);     // another machine's clock is ahead
  const Question open = question("one@nic.xa", {"xa"}, QuestionState::open, kNow + kYear);
  CHECK(approval_of(contacts, {open}, kTimes).unasked.size() == 1);
}

}  // namespace
}  // namespace ccgate
