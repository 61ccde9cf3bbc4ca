// policy/verdict/judge_again.h: what a policy makes of a request that was decided before.
#pragma once

#include <set>

#include "policy/verdict/basis.h"

namespace ccgate {

struct Rejudgement {
  Verdict verdict;  ///< replies are those of the ground, and not what the author would get
  /// Facts that decide and are not in the basis: the verdict cannot be told.
  std::set<Fact> missing = {};
};

/// As judge() (judge.h) did, by `policy`: by the same one the same. `basis` has at least one case.
[[nodiscard]] Rejudgement judge_again(const Policy& policy, const JudgementBasis& basis);

}  // namespace ccgate
