#include "policy/request/contact_answer.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "policy/request/answer_sentence.h"
#include "policy/request/answer_tokens.h"
#include "policy/request/own_sentences.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

ContactAnswer answer_that_says(Said said) {
  switch (said) {
    case Said::yes:
      return ContactAnswer::confirms;
    case Said::no:
      return ContactAnswer::refuses;
    case Said::objection:
      return ContactAnswer::objects;
    case Said::nothing:
    case Said::other:
      break;
  }
  return ContactAnswer::unclear;
}

/// What a sentence begins with, up to its first pause.
Said begins_with(const OwnSentence& sentence) {
  const auto pause = std::ranges::find(sentence.tokens, kPause);
  return said_in({sentence.tokens.begin(), pause});
}

/// Whether `later` takes back a yes or no of `first`.
bool takes_back(const OwnSentence& first, bool yes, const OwnSentence& later) {
  Said said = said_in(later.tokens);
  const bool near = later.paragraph <= first.paragraph + 1;
  if (said == Said::other) said = begins_with(later);
  if (said == Said::yes) return !yes || later.question;
  if (said == Said::no || said == Said::objection) return yes || later.question;
  if (!yes) return false;
  if (refuses_somewhere(later.tokens)) return true;
  if (near && (later.question || begins_with_but(later.tokens))) return true;
  return later.paragraph == first.paragraph && negates(later.tokens);
}

ContactAnswer answer_in(const std::vector<OwnSentence>& sentences) {
  const auto first = std::ranges::find_if(sentences, [](const OwnSentence& sentence) {
    return sentence.question || said_in(sentence.tokens) != Said::nothing;
  });
  if (first == sentences.end() || first->question) return ContactAnswer::unclear;
  const ContactAnswer answer = answer_that_says(said_in(first->tokens));
  if (answer == ContactAnswer::unclear) return answer;
  const bool yes = answer == ContactAnswer::confirms;
  const bool back = std::any_of(std::next(first), sentences.end(),
                                [&](const OwnSentence& later) { return takes_back(*first, yes, later); });
  return back ? ContactAnswer::unclear : answer;
}

}  // namespace

ContactAnswer read_contact_answer(const Words& words) {
  if (!words.readable) return ContactAnswer::unclear;
  const OwnText own = own_sentences(words.text);
  if (!own.whole) return ContactAnswer::unclear;
  if (!own.sentences.empty()) return answer_in(own.sentences);
  const OwnText subject = own_sentences(strip_reply_prefixes(words.subject));
  return subject.whole && subject.sentences.size() == 1 ? answer_in(subject.sentences)
                                                        : ContactAnswer::unclear;
}

}  // namespace ccgate
