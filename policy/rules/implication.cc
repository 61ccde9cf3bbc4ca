#include "policy/rules/implication.h"

#include <algorithm>

namespace ccgate {
namespace {

using Kind = Condition::Kind;
using Test = Condition::Test;

/// Definitions are looked through.
const Condition& plain(const Condition& condition) {
  const Condition* inner = &condition;
  while (inner->kind == Kind::defined) inner = &inner->children.front();
  return *inner;
}

bool same(const Condition& x, const Condition& y) {
  const Condition& a = plain(x);
  const Condition& b = plain(y);
  return a.kind == b.kind && a.fact == b.fact && a.test == b.test && a.words == b.words &&
         a.number == b.number &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same);
}

bool includes(const std::set<std::string>& all, const std::set<std::string>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const std::string& word) { return b.contains(word); });
}

bool names_words(const Condition& c) {
  return !c.words.empty() && (c.test == Test::equals || c.test == Test::one_of);
}

/// One test of a fact from another of the same.
bool fact_follows(const Condition& a, const Condition& b) {
  if (a.fact != b.fact) return false;
  if (names_words(a) && names_words(b)) return includes(b.words, a.words);
  if (names_words(a) && b.test == Test::none_of) return disjoint(a.words, b.words);
  if (a.test == Test::none_of && b.test == Test::none_of) return includes(a.words, b.words);
  if (!a.words.empty() || !b.words.empty()) return false;
  if (b.test == Test::more_than)
    return (a.test == Test::more_than && a.number >= b.number) ||
           (a.test == Test::equals && a.number > b.number);
  if (b.test == Test::less_than)
    return (a.test == Test::less_than && a.number <= b.number) ||
           (a.test == Test::equals && a.number < b.number);
  return false;
}

bool fact_excludes(const Condition& a, const Condition& b) {
  if (a.fact != b.fact) return false;
  if (names_words(a) && names_words(b)) return disjoint(a.words, b.words);
  if (names_words(a) && b.test == Test::none_of) return includes(b.words, a.words);
  if (!a.words.empty() || !b.words.empty()) return false;
  if (a.test == Test::is_true) return b.test == Test::is_false;
  if (a.test == Test::equals)
    return (b.test == Test::equals && a.number != b.number) ||
           (b.test == Test::more_than && a.number <= b.number) ||
           (b.test == Test::less_than && a.number >= b.number);
  // Counts are whole: between 3 and 4 there is nothing.
  return a.test == Test::more_than && b.test == Test::less_than && b.number <= a.number + 1;
}

bool one_follows(const Condition& premise, const Condition& conclusion) {
  const Condition& a = plain(premise);
  const Condition& b = plain(conclusion);
  if (same(a, b)) return true;
  if (a.kind == Kind::any)
    return std::all_of(a.children.begin(), a.children.end(),
                       [&](const Condition& child) { return one_follows(child, b); });
  if (b.kind == Kind::any)
    return std::any_of(b.children.begin(), b.children.end(),
                       [&](const Condition& child) { return one_follows(a, child); });
  if (b.kind == Kind::all)
    return std::all_of(b.children.begin(), b.children.end(),
                       [&](const Condition& child) { return one_follows(a, child); });
  if (a.kind == Kind::all) return follows(a.children, b);
  if (b.kind == Kind::negation) return excludes(a, b.children.front());
  return a.kind == Kind::fact && b.kind == Kind::fact && fact_follows(a, b);
}

bool one_needs(const Condition& premise, bool (*wanted)(Fact)) {
  const Condition& c = plain(premise);
  switch (c.kind) {
    case Kind::fact:
      return c.test == Test::is_true && wanted(c.fact);
    case Kind::any:
      return std::all_of(c.children.begin(), c.children.end(),
                         [&](const Condition& child) { return one_needs(child, wanted); });
    case Kind::all:
      return needs(c.children, wanted);
    case Kind::defined:
    case Kind::negation:
      break;
  }
  return false;
}

}  // namespace

bool follows(const std::vector<Condition>& premises, const Condition& conclusion) {
  const Condition& b = plain(conclusion);
  if (b.kind == Kind::all)
    return std::all_of(b.children.begin(), b.children.end(),
                       [&](const Condition& child) { return follows(premises, child); });
  return std::any_of(premises.begin(), premises.end(),
                     [&](const Condition& premise) { return one_follows(premise, b); });
}

bool excludes(const Condition& x, const Condition& y) {
  const Condition& a = plain(x);
  const Condition& b = plain(y);
  if (a.kind == Kind::negation && one_follows(b, a.children.front())) return true;
  if (b.kind == Kind::negation && one_follows(a, b.children.front())) return true;
  if (a.kind == Kind::all)
    return std::any_of(a.children.begin(), a.children.end(),
                       [&](const Condition& child) { return excludes(child, b); });
  if (b.kind == Kind::all) return excludes(b, a);
  return a.kind == Kind::fact && b.kind == Kind::fact && (fact_excludes(a, b) || fact_excludes(b, a));
}

bool needs(const std::vector<Condition>& premises, bool (*wanted)(Fact)) {
  return std::any_of(premises.begin(), premises.end(),
                     [&](const Condition& premise) { return one_needs(premise, wanted); });
}

bool looks_at(const Policy& policy, bool (*wanted)(Fact)) {
  return any_condition(policy,
                       [&](const Condition& each) { return each.kind == Kind::fact && wanted(each.fact); });
}

std::int64_t largest_number(const std::vector<Condition>& conditions, Fact fact) {
  std::int64_t largest = 0;
  for (const Condition& condition : conditions)
    visit(condition, [&](const Condition& each) {
      if (each.kind == Kind::fact && each.fact == fact) largest = std::max(largest, each.number);
    });
  return largest;
}

}  // namespace ccgate
