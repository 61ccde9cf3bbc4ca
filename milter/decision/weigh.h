// milter/decision/weigh.h: of several judgements of one message the one that counts, and what overrules it.
#pragma once

#include "milter/decision/decision.h"

namespace ccgate {

/// The one whose answer weighs: the strictest of the lists that enforce their policy, or, where none does, of
/// all. At least one.
[[nodiscard]] const RecipientJudgement& strictest_of(const std::vector<RecipientJudgement>& judgements);

/// `judged` with the verdict of its strictest judgement. Where lists ask in different ways, it is put off.
[[nodiscard]] Settled weigh(Judged judged);

/// The same before any policy was asked.
[[nodiscard]] Settled without_judgement(Judged judged, Verdict verdict);

/// What is decided instead, by which step, and why.
struct Overruling {
  DecisionStep step;
  Decision decision;
  Ground ground;
  Reply reply;
  std::string why;  ///< as in DecisionChange
};
/// `settled` decided otherwise, whole, whatever its judgements said; of one that was to be repeated too,
/// under an id of its own. A judgement that is stricter, of a list that only observes, stays.
[[nodiscard]] Settled overrule(Settled settled, const Overruling& by);

}  // namespace ccgate
