// policy/answer/answer_words_more.h: the words of yes, no and objection of further languages, shorter.
#pragma once

#include <span>

#include "policy/answer/answer_words.h"

namespace ccgate {

[[nodiscard]] std::span<const AnswerWords> answer_words_more() noexcept;

}  // namespace ccgate
