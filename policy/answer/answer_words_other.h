// policy/answer/answer_words_other.h: the words of yes, no and objection of Finnish, Hungarian, Turkish,
// Greek, and languages of Asia and the Baltic.
#pragma once

#include <span>

#include "policy/answer/answer_words.h"

namespace ccgate {

[[nodiscard]] std::span<const AnswerWords> answer_words_other() noexcept;

}  // namespace ccgate
