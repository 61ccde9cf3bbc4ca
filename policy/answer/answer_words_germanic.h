// policy/answer/answer_words_germanic.h: the words of yes, no and objection of English, German, Dutch and
// the languages of Scandinavia.
#pragma once

#include <span>

#include "policy/answer/answer_words.h"

namespace ccgate {

[[nodiscard]] std::span<const AnswerWords> answer_words_germanic() noexcept;

}  // namespace ccgate
