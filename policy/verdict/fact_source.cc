#include "policy/verdict/fact_source.h"

#include <algorithm>

namespace ccgate {
namespace {

TruthValue of_bool(bool value) {
  return {truth_of(value), Ground::dns_trouble};
}

}  // namespace

TruthValue FactSource::truth(Fact fact) const {
  const Value actual = value(fact);
  const auto* truth = std::get_if<TruthValue>(&actual);
  return truth != nullptr ? *truth : TruthValue{Truth::unknown, Ground::internal_error};
}

TruthValue FactSource::test_fact(const Condition& condition) const {
  const Value actual = value(condition.fact);
  if (const auto* truth = std::get_if<TruthValue>(&actual)) {
    if (condition.test == Condition::Test::is_false) return {negation(truth->truth), truth->trouble};
    return *truth;
  }
  if (const auto* number = std::get_if<std::int64_t>(&actual)) {
    switch (condition.test) {
      case Condition::Test::more_than:
        return of_bool(*number > condition.number);
      case Condition::Test::less_than:
        return of_bool(*number < condition.number);
      default:
        return of_bool(*number == condition.number);
    }
  }
  const auto& words = std::get<std::set<std::string>>(actual);
  const bool found = std::any_of(words.begin(), words.end(),
                                 [&](const std::string& word) { return condition.words.contains(word); });
  return of_bool(condition.test == Condition::Test::none_of ? !found : found);
}

TruthValue FactSource::test(const Condition& condition) const {
  switch (condition.kind) {
    case Condition::Kind::fact:
      return test_fact(condition);
    case Condition::Kind::negation: {
      const TruthValue inner = test(condition.children.front());
      return {negation(inner.truth), inner.trouble};
    }
    case Condition::Kind::defined:
      return test(condition.children.front());
    case Condition::Kind::any:
    case Condition::Kind::all:
      break;
  }
  const bool any = condition.kind == Condition::Kind::any;
  TruthValue result{any ? Truth::no : Truth::yes, Ground::dns_trouble};
  for (const Condition& child : condition.children) {
    const TruthValue value = test(child);
    const Truth joined = any ? either(result.truth, value.truth) : both(result.truth, value.truth);
    if (joined != result.truth && value.truth == Truth::unknown) result.trouble = value.trouble;
    result.truth = joined;
  }
  return result;
}

}  // namespace ccgate
