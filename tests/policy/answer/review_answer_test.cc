#include "policy/answer/review_answer.h"

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

TEST_CASE("a removal is a word of no, or a verb with its object, and addresses alone") {
  const auto* const text = GENERATE(
      // Answering machines and tickets, without any mark.
      "No reply: p6@nic.xa\n\nBest regards\nSupport Team\n\nYour message was filed as ticket 123. We will "
      "come "
      "back to you shortly.\n",
      "no-reply p31@nic.xa\n", "no reply p18@nic.xa\n", "noreply p18@nic.xa\n", "NO REPLY - p18@nic.xa\n",
      "no answer: p18@nic.xa\n", "No: p6@nic.xa\n\nYour message was filed as ticket 123.\n",
      "Keine Antwort: p6@nic.xa\n", "ne pas répondre : p6@nic.xa\n", "no responder p6@nic.xa\n",
      "out of office: p6@nic.xa\n", "No longer here: p6@nic.xa\n", "No. 4711: p6@nic.xa\n",
      // Delivery reports in words.
      "rejected: p20@nic.xa\n", "denied: <p21@nic.xa>\n", "refused: p22@nic.xa\n", "failed: p22@nic.xa\n",
      "abgelehnt: p20@nic.xa\n", "refusé: p20@nic.xa\n", "rechazado: p20@nic.xa\n", "unknown: p20@nic.xa\n",
      "no such user: p20@nic.xa\n", "<p20@nic.xa>: no\n", "no mailbox p20@nic.xa\n",
      // Other words.
      "never p21@nic.xa\n", "jamais p21@nic.xa\n", "niemals p21@nic.xa\n", "nope p21@nic.xa\n",
      "we refuse p21@nic.xa\n", "cancel p21@nic.xa\n", "stop p21@nic.xa\n", "block p21@nic.xa\n",
      "we object to p21@nic.xa\n", "no thanks anne@nic.xa\n", "No, thank you, anne@nic.xa\n",
      "nein danke, anne@nic.xa\n", "non merci anne@nic.xa\n", "no, sorry, anne@nic.xa\n", "not anne@nic.xa\n",
      "nu anne@nic.xa\n", "jo anne@nic.xa\n", "no to anne@nic.xa\n", "please no anne@nic.xa\n",
      "remove the person anne@nic.xa\n", "remove anne@nic.xa from the list\n", "do not remove anne@nic.xa\n",
      "removed anne@nic.xa\n", "No. anne@nic.xa\n", "No! anne@nic.xa\n", "no? anne@nic.xa\n",
      "No.\nanne@nic.xa\n", "no/anne@nic.xa?\n", "(no) anne@nic.xa\n", "[no] anne@nic.xa\n",
      "no (anne@nic.xa)\n", "no... anne@nic.xa\n", "no Anne <anne@nic.xa>\n", "anne@nic.xa no\n",
      "no anne@nic.xa or ben@nic.xa\n", "no anne@nic.xa, not ben@nic.xa\n",
      "no anne@nic.xa<mailto:ben@nic.xa>\n", "no anne@nic.xa <mailto:ben@nic.xa>\n");
  INFO(text);
  const std::string read = read_as(text);
  CHECK((read == "unclear" || read == "refuses"));
}

TEST_CASE("removals as contacts write them") {
  struct Row {
    const char* text;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"No, anne[@]nic[.]xa\n", "anne@nic.xa"},
      {"no - anne@nic.xa\n", "anne@nic.xa"},
      {"No – anne@nic.xa; ben@nic.xa\n", "anne@nic.xa ben@nic.xa"},
      {"no anne@nic.xa\n\nno ben@nic.xa\nThanks!\n", "anne@nic.xa ben@nic.xa"},
      {"Dear all,\n\nremove anne@nic.xa, ben@nic.xa & cleo@nic.xa\n", "anne@nic.xa ben@nic.xa cleo@nic.xa"},
      {"Please remove: anne@nic.xa\nThank you very much\nBen\n", "anne@nic.xa"},
      {"bitte entfernen anne@nic.xa\n", "anne@nic.xa"},
      {"veuillez supprimer anne@nic.xa et ben@nic.xa\n", "anne@nic.xa ben@nic.xa"},
      {"Non, anne@nic.xa\n", "anne@nic.xa"},
      {"нет anne@nic.xa\n", "anne@nic.xa"},
      {"いいえ anne@nic.xa\n", "anne@nic.xa"},
      {"no anne@nic.xa<mailto:anne@nic.xa>, ben@nic.xa <mailto:ben@nic.xa>\n", "anne@nic.xa ben@nic.xa"},
      {"no anne[/]b[:]c[@]nic[.]xa\n", "unclear"},  // no address without quotes
      {"no anne[/]b[@]nic[.]xa\n", "anne/b@nic.xa"},
      {"no anne@nic.xa\n\nKind regards,\nBen Beispiel\nHead of DNS, NIC XA\nTel.: +999 (0)1 23-4\n"
       "e-mail: ben@nic.xa\nhttps://nic.xa\n\nThis e-mail is confidential and intended for its recipients.\n"
       "If you got it by mistake, please delete it.\n",
       "anne@nic.xa"},
      {"no anne@nic.xa\n\n-- \nDr. Ben B. Beispiel | NIC XA\nPostfach 12, 12345 Stadt\nfax +999 2\n",
       "anne@nic.xa"},
      {"no anne@nic.xa\nSent from my iPhone\n", "anne@nic.xa"},
  }));
  INFO(row.text);
  CHECK(read_as(row.text) == row.want);
}

TEST_CASE("what stands below an answer to a review may sign it, and nothing more") {
  const std::string first = GENERATE("no anne@nic.xa\n", "yes\n");
  const std::string tail = GENERATE(
      "\nBen\n\nSorry, scrap that: Anne stays with us.\n",
      "\nRegards\nBen\n\nPlease keep everybody on the list.\n",
      "\nRegards\nBen\n\nPS: ignore my first line, that was about another list.\n",
      "\nBen\nNIC XA\n\nGone: p10@nic.xa\n", "\nRegards\nBen\n\nAnne P4 retired, Cleo follows her.\n",
      "\n-- \nBen\nRemove p10@nic.xa\n", "\n-- \nplease ignore, p12 stays\n",
      "\nBen\n\nalso p2@nic.xa, please\n", "\nKind regards, Ben. Anne has left.\n",
      "\nBest regards from Ben, who is sorry that Anne is gone\n", "\nBen\nANNE HAS LEFT US\n",
      "\nBen\n\nAls Nächstes melden wir Cleo.\n", "\nCordialement\nBen\n\nAnne reste avec nous.\n",
      "\n-- \nBen\n\nAnne bleibt bei uns.\n", "\nBen\nWho is Cleo?\n", "\nBen\nIgnore Anne\n",
      "\nThanks, Ben\nWe will write again tomorrow\n",
      "\nBen\n\nPlease keep this line, and see the attached mail.\n");
  INFO(first + tail);
  CHECK(read_as(first + tail) == "unclear");
}

TEST_CASE("a removal that a yes follows is unclear") {
  const std::string tail = GENERATE("\nRegards\nBen\n\nyes\n", "Ben\nYes to all\n", "\nBen\n\n-- \nyes\n",
                                    "\nyes\n", "\nBen\nOk\n", "\nBen\n\nJa, alle\n");
  INFO(tail);
  CHECK(read_as("no anne@nic.xa\n" + tail) == "unclear");
}

TEST_CASE("a yes to a review, signed") {
  const std::string tail = GENERATE(
      "", "\nBen\n", "\nKind regards\nBen B. Beispiel\nNIC XA\n+999 1\nben@nic.xa\n",
      "\nMit freundlichen Grüßen\nBen Beispiel\n", "\nThanks, and best regards,\nBen\n",
      "\n-- \nBen Beispiel\nNIC XA, Main Street 1\nwww.nic.xa\n",
      "\nBen Beispiel\n\nThis message is confidential. If you are not the recipient, please delete it.\n",
      "\nOn Tue, 1 Jan 2030, tld-ops gate wrote:\n> anne[@]nic[.]xa\n");
  INFO(tail);
  CHECK(read_as("Yes, we confirm.\n" + tail) == "confirms");
}

TEST_CASE("addresses beside an answer to a review") {
  const auto beside = [](const char* text) {
    Words words;
    words.text = text;
    std::string all;
    for (const Address& each : read_review_answer(words).beside)
      all += (all.empty() ? "" : " ") + each.text();
    return all;
  };
  CHECK(beside("yes\n\nBen\nNIC XA\n\nFormer: p10@nic.xa\n") == "p10@nic.xa");
  CHECK(beside("yes\n\n-- \nBen <ben[@]nic[.]xa>\n") == "ben@nic.xa");
  CHECK(beside("no anne@nic.xa\n\nBen\nmailto:ben@nic.xa, anne@nic.xa\n") == "ben@nic.xa");
  Words words;
  words.text = "no anne@nic.xa,\nben@nic.xa\nremove cleo@nic.xa\n";
  const ReviewAnswer answer = read_review_answer(words);
  CHECK(answer.who.size() == 3);
  CHECK(answer.by_no == std::vector<Address>{*Address::parse("anne@nic.xa"), *Address::parse("ben@nic.xa")});
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
