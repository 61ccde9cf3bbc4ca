#include "tests/support/answers.h"

#include "tests/support/catch.h"

namespace ccgate {

ContactAnswer answer_of(const std::string& text) {
  Words words;
  words.subject = "Re: tld-ops: do you confirm a request for .xa?";
  words.text = text;
  return read_contact_answer(words);
}

void check_all(const std::vector<std::string>& texts, ContactAnswer want) {
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(answer_of(text) == want);
  }
}

}  // namespace ccgate
