// policy/rules/condition.h: one condition of a policy, and the way through all that it is made of.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "policy/rules/fact_table.h"
#include "policy/text/issue.h"

namespace ccgate {

/// One condition of `when` or `require`.
struct Condition {
  enum class Kind { fact, defined, any, all, negation };
  enum class Test { is_true, is_false, equals, one_of, none_of, more_than, less_than };

  Kind kind = Kind::fact;
  Fact fact = Fact::dkim_aligned;
  Test test = Test::is_true;
  std::set<std::string>
      words;  ///< equals, one_of, none_of: normalised (lower-case words, A-labels, folded addresses)
  std::int64_t number = 0;          ///< more_than, less_than, equals on counts; seconds for durations
  std::string name;                 ///< defined: the name in `define`
  std::vector<Condition> children;  ///< any, all, negation (one), defined (one: the definition)
  std::string text;                 ///< as the operator would write it, for traces: `contacts more_than 3`
  Position at;
};

/// True when `wanted` says so of `condition` or of one that it is made of, definitions written out. Outer
/// ones are asked first.
template <typename Predicate>
[[nodiscard]] bool any_within(const Condition& condition, const Predicate& wanted) {
  if (wanted(condition)) return true;
  for (const Condition& child : condition.children)
    if (any_within(child, wanted)) return true;
  return false;
}
template <typename Predicate>
[[nodiscard]] bool any_within(const std::vector<Condition>& conditions, const Predicate& wanted) {
  for (const Condition& condition : conditions)
    if (any_within(condition, wanted)) return true;
  return false;
}

/// Calls `fn` with `condition` and with all that it is made of, likewise.
template <typename Function>
void visit(const Condition& condition, const Function& fn) {
  fn(condition);
  for (const Condition& child : condition.children) visit(child, fn);
}

}  // namespace ccgate
