#include "milter/doctor/look.h"

#include <algorithm>

namespace ccgate {

LookState state_of(const LookResult& result) noexcept {
  const bool wrong = std::any_of(result.found.begin(), result.found.end(), [](const Found& each) {
    return weight_of(each.finding) == Weight::problem;
  });
  if (wrong) return LookState::problem;
  if (!result.found.empty()) return LookState::hint;
  return result.untold.empty() ? LookState::ok : LookState::untold;
}

}  // namespace ccgate
