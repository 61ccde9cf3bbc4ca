// policy/answer/contact_answer.h: what somebody who was asked, or told, has answered.
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
/// yes and fillers, a no likewise. A question is unclear. Behind a yes, each sentence has to be one too, or
/// to say nothing, or to speak for somebody, or to be a name (answer_sign_off.h); behind a closing formula or
/// a name anything else, if it has no word of no or of doubt. Behind a no, whatever speaks for somebody makes
/// it unclear. The Subject counts when nobody wrote any text, and it is exactly a yes or a no. What is too
/// long to be read to its end, and what has words struck out or hidden, is unclear.
///
/// What is unclear may come from a ticket system that does not say so, or from somebody who asks back: it
/// must let nobody in, and refuse nobody.
[[nodiscard]] ContactAnswer read_contact_answer(const Words& words);

}  // namespace ccgate
