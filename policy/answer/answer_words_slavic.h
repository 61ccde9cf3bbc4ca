// policy/answer/answer_words_slavic.h: the words of yes, no and objection of Polish, Czech, Slovak, Russian,
// Ukrainian and their neighbours.
#pragma once

#include <span>

#include "policy/answer/answer_words.h"

namespace ccgate {

[[nodiscard]] std::span<const AnswerWords> answer_words_slavic() noexcept;

}  // namespace ccgate
