#include "policy/request/contact_answer.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

Words words(std::string subject, std::string text) {
  Words result;
  result.subject = std::move(subject);
  result.text = std::move(text);
  return result;
}

TEST_CASE("a mail that a program wrote is no answer") {
  struct Row {
    HeaderField field;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {{"Auto-Submitted", " auto-replied"}, "Auto-Submitted"},
      {{"auto-submitted", " auto-generated (vacation)"}, "Auto-Submitted"},
      {{"Auto-Submitted", " no"}, ""},
      {{"Auto-Submitted", " no; owner-token=1"}, ""},
      {{"Precedence", " bulk"}, "Precedence"},
      {{"Precedence", " first-class"}, ""},
      {{"X-Autoreply", " yes"}, "x-autoreply"},
      {{"X-Auto-Response-Suppress", " All"}, "x-auto-response-suppress"},
      {{"List-Id", " <a.example>"}, "List-*"},
      {{"Content-Type", " multipart/report; report-type=delivery-status; boundary=a"}, "Content-Type"},
      {{"Content-Type", " text/plain"}, ""},
      {{"X-OTRS-Loop", " x"}, ""},
  }));
  INFO(row.field.name << ":" << row.field.value);
  CHECK(automatic_because({row.field}, false, "Re: question") == row.want);
}

TEST_CASE("neither is one with a null MAIL FROM, or with the Subject of an answering machine") {
  CHECK(automatic_because({}, true, "Re: question") == "null MAIL FROM");
  CHECK(automatic_because({}, false, "Automatic reply: question") == "Subject");
  CHECK(automatic_because({}, false, "Out of Office Re: question") == "Subject");
  CHECK(automatic_because({}, false, "Re: Automatic reply") == "");
}

TEST_CASE("the first line of its own decides an answer") {
  struct Row {
    const char* story;
    Words given;
    ContactAnswer want;
  };
  const auto row = GENERATE(values<Row>({
      {"an empty answer", words("Re: question", ""), ContactAnswer::unclear},
      {"a yes", words("Re: question", "Yes, fine.\n> no\n"), ContactAnswer::confirms},
      {"a sentence", words("Re: question", "I confirm.\n"), ContactAnswer::confirms},
      {"a formal sentence", words("Re: q", "We hereby confirm this request\n"), ContactAnswer::confirms},
      {"a word alone", words("Re: q", "Confirmed.\n"), ContactAnswer::confirms},
      {"a receipt", words("Re: q", "Confirmed: your mail has arrived\n"), ContactAnswer::unclear},
      {"a refusal in a sentence", words("Re: q", "I do not confirm\n"), ContactAnswer::unclear},
      {"a yes in Japanese", words("Re: question", "はい\r\n"), ContactAnswer::confirms},
      {"a yes in Spanish", words("Re: question", "Sí.\n"), ContactAnswer::confirms},
      {"an if in French", words("Re: question", "Si vous avez une urgence, appelez-nous.\n"),
       ContactAnswer::unclear},
      {"thanks in Danish", words("Re: question", "Tak for din mail.\n"), ContactAnswer::unclear},
      {"a question back", words("Re: question", "Who is Anne?\n"), ContactAnswer::unclear},
      {"a no in other words", words("Re: question", "We do not know this person.\n"), ContactAnswer::unclear},
      {"a ticket system that does not say so", words("[NIC-1] question", "Your request was received.\n"),
       ContactAnswer::unclear},
      {"a note that we moved", words("We have moved", "Dear all,\nour office is now elsewhere.\n"),
       ContactAnswer::unclear},
      {"a no", words("Re: question", "No!\n\n> Please confirm\n"), ContactAnswer::refuses},
      {"a no in lower case", words("Re: question", "\n  no, we do not know her\n"), ContactAnswer::refuses},
      {"a word that begins like no", words("Re: question", "Noted\n"), ContactAnswer::unclear},
      {"a no behind a greeting", words("Re: q", "Dear all,\n\nno.\n"), ContactAnswer::refuses},
      {"a no under the quoted text", words("Re: q", "anne@nic.xa wrote:\n> please\nno\n"),
       ContactAnswer::refuses},
      {"a quoted no", words("Re: q", "> no\n> no\nyes\n"), ContactAnswer::confirms},
      {"only what is quoted", words("Re: q", "> yes\n"), ContactAnswer::unclear},
      {"a no in the Subject", words("NO", "thank you"), ContactAnswer::refuses},
      {"a no in German", words("Re: q", "Nein, bitte nicht\n"), ContactAnswer::refuses},
      {"a ticket is opened", words("[Ticket#1] Re: q", "We have got your mail.\n"), ContactAnswer::unclear},
      {"an agent confirms", words("[Ticket#1] Re: q", "Yes, she is one of us.\n"), ContactAnswer::confirms},
      {"an agent refuses", words("[Ticket#1] Re: q", "no\n"), ContactAnswer::refuses},
  }));
  INFO(row.story);
  CHECK(read_contact_answer(row.given) == row.want);
}

TEST_CASE("a text that cannot be read is no answer") {
  Words unreadable = words("Re: q", "yes");
  unreadable.readable = false;
  CHECK(read_contact_answer(unreadable) == ContactAnswer::unclear);
}

TEST_CASE("a report tells whether the mail came back for good") {
  const std::vector<HeaderField> report{{"From", " MAILER-DAEMON@mx.example"},
                                        {"Content-Type", " multipart/report;\n report-type=delivery-status"}};
  const auto failed = read_delivery_report(
      report, true, "--a\r\n\r\nFinal-Recipient: rfc822; a@nic.xa\r\nAction: failed\r\nStatus: 5.1.1\r\n");
  CHECK(failed.failed);
  CHECK(failed.status == "5.1.1");
  CHECK_FALSE(read_delivery_report(report, true, "Action: delayed\r\nStatus: 4.4.1\r\n").failed);
  CHECK_FALSE(read_delivery_report(report, true, "nothing").failed);
  CHECK(read_delivery_report({{"From", " Mailer-Daemon@mx.example"}}, true, "I could not deliver").failed);
  CHECK_FALSE(read_delivery_report({{"From", " a@nic.xa"}}, true, "I am away").failed);
  CHECK_FALSE(read_delivery_report({{"From", " a@nic.xa"}}, false, "Action: failed\r\n").failed);
}

}  // namespace
}  // namespace ccgate
