#include "policy/answer/contact_answer.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

Words words(std::string subject, std::string text) {
  Words result;
  result.subject = std::move(subject);
  result.text = std::move(text);
  return result;
}

TEST_CASE("the first sentence of its own decides an answer") {
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
      {"a refusal in a sentence", words("Re: q", "I do not confirm\n"), ContactAnswer::refuses},
      {"a yes in Japanese", words("Re: question", "はい\r\n"), ContactAnswer::confirms},
      {"a yes in Spanish", words("Re: question", "Sí.\n"), ContactAnswer::confirms},
      {"an if in French", words("Re: question", "Si vous avez une urgence, appelez-nous.\n"),
       ContactAnswer::unclear},
      {"thanks in Danish", words("Re: question", "Tak for din mail.\n"), ContactAnswer::unclear},
      {"a question back", words("Re: question", "Who is Anne?\n"), ContactAnswer::unclear},
      {"a no in other words", words("Re: question", "We do not know this person.\n"), ContactAnswer::refuses},
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
      {"a no in the Subject of a text", words("NO", "thank you"), ContactAnswer::unclear},
      {"a no in the Subject alone", words("Re: NO!", "> please\n"), ContactAnswer::refuses},
      {"a yes in the Subject alone", words("Yes", "\n"), ContactAnswer::confirms},
      {"no subject", words("(no subject)", "\n"), ContactAnswer::unclear},
      {"a no in German", words("Re: q", "Nein, bitte nicht\n"), ContactAnswer::refuses},
      {"a ticket is opened", words("[Ticket#1] Re: q", "We have got your mail.\n"), ContactAnswer::unclear},
      {"an agent confirms", words("[Ticket#1] Re: q", "Yes, she is one of us.\n"), ContactAnswer::confirms},
      {"an agent refuses", words("[Ticket#1] Re: q", "no\n"), ContactAnswer::refuses},
  }));
  INFO(row.story);
  CHECK(read_contact_answer(row.given) == row.want);
}

TEST_CASE("one word below an answer is a name where it is the author's") {
  const auto answer = [](std::string text, std::string names) {
    Words given = words("Re: q", std::move(text));
    given.author_names = std::move(names);
    return read_contact_answer(given);
  };
  CHECK(answer("Yes\nBen", "\"Ben Miller\" hostmaster") == ContactAnswer::confirms);
  CHECK(answer("Yes\nBen", " ben.miller") == ContactAnswer::confirms);
  CHECK(answer("No\nBen", " ben.miller") == ContactAnswer::refuses);
  CHECK(answer("Yes\nBen", " hostmaster") == ContactAnswer::unclear);
  CHECK(answer("Confirmed\nPhishing", "Ben hostmaster") == ContactAnswer::unclear);
  CHECK(answer("Yes\nMaybe", "Maybe maybe") == ContactAnswer::unclear);
  CHECK(answer("Yes\nNo", "No no") == ContactAnswer::unclear);
  CHECK(answer("We confirm\nReceipt", "Receipt receipt") == ContactAnswer::unclear);
}

TEST_CASE("an answer that people may not see says nothing") {
  Words hidden = words("Re: q", "Yes.");
  hidden.hidden = true;
  CHECK(read_contact_answer(hidden) == ContactAnswer::unclear);
}

TEST_CASE("a Subject is an answer only where nothing else can be") {
  CHECK(read_contact_answer(words("[no] ok", "")) == ContactAnswer::unclear);
  Words unread = words("Yes", "");
  unread.unread = "a part of application/pdf";
  CHECK(read_contact_answer(unread) == ContactAnswer::unclear);
}

TEST_CASE("flowed lines say what they say as one") {
  Words flowed = words("Re: q", "Confirmed\nBen Miller\n");
  CHECK(read_contact_answer(flowed) == ContactAnswer::confirms);
  flowed.shown = "Confirmed Ben Miller\n";
  CHECK(read_contact_answer(flowed) == ContactAnswer::unclear);
}

TEST_CASE("a text that cannot be read is no answer") {
  Words unreadable = words("Re: q", "yes");
  unreadable.readable = false;
  CHECK(read_contact_answer(unreadable) == ContactAnswer::unclear);
}

}  // namespace
}  // namespace ccgate
