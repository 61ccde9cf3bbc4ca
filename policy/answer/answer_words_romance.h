// policy/answer/answer_words_romance.h: the words of yes, no and objection of French, Spanish, Portuguese,
// Italian and Romanian.
#pragma once

#include <span>

#include "policy/answer/answer_words.h"

namespace ccgate {

[[nodiscard]] std::span<const AnswerWords> answer_words_romance() noexcept;

}  // namespace ccgate
