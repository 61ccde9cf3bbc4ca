// policy/request/contact_answer.h: what somebody who was asked, or told, has answered.
#pragma once

#include "policy/message/words.h"

namespace ccgate {

enum class ContactAnswer {
  confirms,
  refuses,
  objects,  ///< in words that mean what was accepted: `remove her`; no answer to a question
  unclear,  ///< none of them
};

/// What the own text of a mail says (own_sentences.h). Its first sentence decides, thanks and greetings
/// before it aside, and every word of that has to be known (answer_sentence.h): a yes consists of words of
/// yes and fillers, a no likewise. It is unclear when that is a question, and when a later sentence says the
/// opposite, or begins with it; behind a yes, too, when one refuses, when one of this paragraph or the next
/// asks or begins with `but`, and when one of this paragraph denies something. The Subject counts when nobody
/// wrote any text, and it is exactly a yes or a no. What is too long to be read to its end is unclear.
///
/// What is unclear may come from a ticket system that does not say so, or from somebody who asks back: it
/// must let nobody in, and refuse nobody.
[[nodiscard]] ContactAnswer read_contact_answer(const Words& words);

}  // namespace ccgate
