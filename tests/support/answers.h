// tests/support/answers.h: what a text says as an answer to a question.
#pragma once

#include <string>
#include <vector>

#include "policy/answer/contact_answer.h"
#include "tests/support/catch.h"

namespace ccgate {

/// Of a mail whose Subject says nothing by itself.
[[nodiscard]] inline ContactAnswer answer_of(const std::string& text) {
  Words words;
  words.subject = "Re: tld-ops: do you confirm a request for .xa?";
  words.text = text;
  return read_contact_answer(words);
}

// Not in the library: its programs have a main of their own.
inline void check_all(const std::vector<std::string>& texts, ContactAnswer want) {
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(answer_of(text) == want);
  }
}

}  // namespace ccgate
