#include "policy/answer/answer_words.h"

namespace ccgate {

const AnswerWords& answer_words_everywhere() noexcept {
  static constexpr AnswerWords kEverywhere{
      .name = "und",
      .yes = "yes|ok|okay|okey|okej|ok ok|yes yes",
      .yes_alone = "yes please|confirmed",
      .support = "",
      .no = "",
      .no_alone = "",
      .refusal = "",
      .objection = "",
      .filler = "e mail|tld ops|ccgate",
      .them = "",
  };
  return kEverywhere;
}

}  // namespace ccgate
