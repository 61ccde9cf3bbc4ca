#include "policy/request/review_answer.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// `confirms`, `refuses`, `form`, `unclear`, or who is removed.
std::string read_as(const std::string& text) {
  Words words;
  words.subject = "Re: tld-ops: who is on the list for .xa? (7k2m9qx40c1d)";
  words.text = text;
  const ReviewAnswer answer = read_review_answer(words);
  std::string who;
  switch (answer.kind) {
    case ReviewAnswer::Kind::confirms:
      return "confirms";
    case ReviewAnswer::Kind::refuses:
      return "refuses";
    case ReviewAnswer::Kind::form:
      return "form";
    case ReviewAnswer::Kind::unclear:
      return "unclear";
    case ReviewAnswer::Kind::removes:
      for (const Address& each : answer.who) who += (who.empty() ? "" : " ") + each.text();
  }
  return who;
}

}  // namespace

TEST_CASE("what a contact answers to a review") {
  struct Row {
    const char* text;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"yes\n", "confirms"},
      {"Yes, we confirm.\n\nBen\n", "confirms"},
      {"Ja\n", "confirms"},
      {"no\n", "refuses"},
      {"Nein.\n\nBen Beispiel\nhostmaster@nic.xa\n", "refuses"},
      {"no anne@nic.xa\n", "anne@nic.xa"},
      {"No, anne@nic.xa.\n", "anne@nic.xa"},
      {"NO: <anne@nic.xa>\n", "anne@nic.xa"},
      {"Hello,\n\nno anne@nic.xa\n\nKind regards,\nBen\n", "anne@nic.xa"},
      {"no anne@nic.xa, ben-b@nic.xa and cleo_c@nic.xb\nThanks\n", "anne@nic.xa ben-b@nic.xa cleo_c@nic.xb"},
      {"no anne@nic.xa,\nben@nic.xa\n", "anne@nic.xa ben@nic.xa"},
      {"no anne@nic.xa\nno ben@nic.xa\n", "anne@nic.xa ben@nic.xa"},
      {"no anne[@]nic[.]xa\n", "anne@nic.xa"},
      {"nein anne@nic.xa und ben@nic.xa\n", "anne@nic.xa ben@nic.xa"},
      {"remove anne@nic.xa\n", "anne@nic.xa"},
      {"no anne@nic.xa\n\n-- \nHostmaster, hostmaster@nic.xa\n", "anne@nic.xa"},
      {"no anne@nic.xa\n\nBest regards\nHostmaster\nhostmaster@nic.xa\n", "anne@nic.xa"},
      {"no anne@nic.xa\n\nOn Tue, tld-ops gate wrote:\n> yes\n> no ben@nic.xa\n", "anne@nic.xa"},
      // Whatever says more than that, or something else.
      {"yes, but no anne@nic.xa\n", "unclear"},
      {"yes\nno anne@nic.xa\n", "unclear"},
      {"no anne@nic.xa? \n", "unclear"},
      {"anne@nic.xa\n", "unclear"},
      {"no changes, anne@nic.xa stays\n", "unclear"},
      {"no anne@nic.xa has left, ben@nic.xa is new\n", "unclear"},
      {"no anne@nic.xa only if ben@nic.xa agrees\n", "unclear"},
      {"no anne@nic.xa\nbut please wait\n", "unclear"},
      {"no anne@nic.xa\nben@nic.xa is fine\n", "unclear"},
      {"Who is anne@nic.xa?\n", "unclear"},
      {"no anne\n", "unclear"},
      {"ccTLDs: xa\nName: Cleo\nE-mail: cleo@nic.xa\nPhone: +999 1\n", "form"},
      {"", "unclear"},
  }));
  INFO(row.text);
  CHECK(read_as(row.text) == row.want);
}

TEST_CASE("a review's answer that is read in two ways, or not to its end, is unclear") {
  Words words;
  words.text = "no anne@nic.xa\n";
  words.shown = "no anne@nic.xa ben@nic.xa\n";
  CHECK(read_review_answer(words).kind == ReviewAnswer::Kind::unclear);
  words.shown.clear();
  words.readable = false;
  CHECK(read_review_answer(words).kind == ReviewAnswer::Kind::unclear);
  words = {};
  words.text = GENERATE("no anne@nic.xa\n", "yes\n", "no\n");
  words.hidden = true;
  CHECK(read_review_answer(words).kind == ReviewAnswer::Kind::unclear);
  words = {};
  words.text = "no anne@nic.xa\n";
  words.unread = "application/octet-stream";
  CHECK(read_review_answer(words).kind == ReviewAnswer::Kind::unclear);
  CHECK(read_as("no " + std::string(100'000, 'a') + "@nic.xa\n") == "unclear");
  std::string many;
  for (int i = 0; i < 200; ++i) many += "no a" + std::to_string(i) + "@nic.xa\n";
  CHECK(read_as(many) == "unclear");
}
