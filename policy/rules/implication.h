// policy/rules/implication.h: what follows from conditions by their form alone: enough to find rules that can
// never match, never claiming more than is certain.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/rules/policy.h"

namespace ccgate {

/// True when `conclusion` holds whenever all of `premises` hold. False means "not known to".
[[nodiscard]] bool follows(const std::vector<Condition>& premises, const Condition& conclusion);

/// True when `a` and `b` can never hold together. False means "not known".
[[nodiscard]] bool excludes(const Condition& a, const Condition& b);

/// True when a yes of all of `premises` needs a yes of a fact that `wanted` says yes to.
[[nodiscard]] bool needs(const std::vector<Condition>& premises, bool (*wanted)(Fact));

/// True when some condition, however deep, looks at a fact of which `wanted` is true.
[[nodiscard]] bool looks_at(const Policy& policy, bool (*wanted)(Fact));

/// The largest number that `fact` is compared with in some condition, however deep; 0 where it is not.
[[nodiscard]] std::int64_t largest_number(const std::vector<Condition>& conditions, Fact fact);

}  // namespace ccgate
