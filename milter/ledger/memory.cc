#include "milter/ledger/memory.h"

#include <algorithm>

#include "milter/ledger/budgets.h"

namespace ccgate {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kCounted =
    1000;  // what an explanation shows of a `rate`, when no condition needs more

bool looks_at(const Condition& condition, Fact fact) {
  if (condition.kind == Condition::Kind::fact) return condition.fact == fact;
  return std::any_of(condition.children.begin(), condition.children.end(),
                     [fact](const Condition& child) { return looks_at(child, fact); });
}

bool looks_at(const std::vector<Condition>& conditions, Fact fact) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [fact](const Condition& condition) { return looks_at(condition, fact); });
}

/// The largest number that `fact` is compared with; 0 where it is not.
std::int64_t largest(const std::vector<Condition>& conditions, Fact fact) {
  std::int64_t number = 0;
  for (const Condition& condition : conditions) {
    const bool here = condition.kind == Condition::Kind::fact && condition.fact == fact;
    number = std::max({number, here ? condition.number : 0, largest(condition.children, fact)});
  }
  return number;
}

/// One more than any condition has to know.
std::int64_t most_of(const Policy& policy, Fact fact) {
  std::int64_t number = 0;
  for (const Guard& guard : policy.guards) number = std::max(number, largest(guard.require, fact));
  for (const Rule& rule : policy.rules) number = std::max(number, largest(rule.when, fact));
  return std::min<std::int64_t>(number, INT64_MAX - 1) + 1;
}

bool looks_at(const Policy& policy, Fact fact) {
  return std::any_of(policy.guards.begin(), policy.guards.end(),
                     [fact](const Guard& guard) { return looks_at(guard.require, fact); }) ||
         std::any_of(policy.rules.begin(), policy.rules.end(),
                     [fact](const Rule& rule) { return looks_at(rule.when, fact); });
}

/// Strangers must not use up what a registry may ask for.
bool speaks_for(const Memory& memory, const RecipientJudgement& judged, const TldVerdict& each) {
  if (each.ground == Ground::contact_confirmed || each.ground == Ground::author_is_contact) return true;
  const CcTld* cctld = memory.rules.directory->find(*each.tld);
  return cctld != nullptr && is_of_registry(memory, *judged.gated->list, *cctld);
}

}  // namespace

History history_of(const Memory& memory, const List& list) {
  History history;
  history.roster = list.roster.get();
  if (memory.store == nullptr) return history;
  const std::string& name = list.config.name;
  if (looks_at(list.policy, Fact::seen_before))
    history.seen_before = memory.store->seen_before(name, memory.replay_keys, 0).has_value();
  if (looks_at(list.policy, Fact::rate))
    history.rate = memory.store->count_by_author_domain(name, memory.author_domain, memory.now - kDay,
                                                        std::max(kCounted, most_of(list.policy, Fact::rate)));
  return history;
}

bool is_flood(const Memory& memory, const RecipientJudgement& judged) {
  if (memory.store == nullptr || memory.authenticated != Truth::yes) return false;
  Store& store = *memory.store;
  const FloodLimits& limits = memory.rules.config.flood;
  const std::string& list = judged.gated->list->config.name;
  const std::int64_t since = memory.now - kDay;
  if (store.count_by_author_domain(list, memory.author_domain, since, limits.author_domain) >=
      limits.author_domain)
    return true;
  const auto& per_tld = judged.judgement.verdict.per_tld;
  return std::any_of(per_tld.begin(), per_tld.end(), [&](const TldVerdict& each) {
    return each.tld && !speaks_for(memory, judged, each) &&
           store.count_by_cctld(list, each.tld->ascii(), since, limits.cctld) >= limits.cctld;
  });
}

}  // namespace ccgate
