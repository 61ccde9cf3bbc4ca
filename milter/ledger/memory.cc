#include "milter/ledger/memory.h"

#include <fmt/format.h>

#include <algorithm>

#include "milter/ledger/budgets.h"
#include "policy/implication.h"

namespace ccgate {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kCounted =
    1000;  // what an explanation shows of a `rate`, when no condition needs more

/// One more than any condition has to know.
std::int64_t most_of(const Policy& policy, Fact fact) {
  std::int64_t number = 0;
  for (const Guard& guard : policy.guards) number = std::max(number, largest_number(guard.require, fact));
  for (const Rule& rule : policy.rules) number = std::max(number, largest_number(rule.when, fact));
  return std::min<std::int64_t>(number, INT64_MAX - 1) + 1;
}

/// Strangers must not use up what a registry may ask for.
bool speaks_for(const Memory& memory, const RecipientJudgement& judged, const CcTldVerdict& each) {
  if (each.ground == Ground::contact_confirmed || each.ground == Ground::author_is_contact) return true;
  const CcTld* cctld = memory.rules.directory->find(*each.cctld);
  return cctld != nullptr && is_of_registry(memory, *judged.gated->list, *cctld);
}

}  // namespace

History history_of(const Memory& memory, const List& list) {
  History history;
  history.roster = list.roster.get();
  if (memory.store == nullptr) return history;
  const std::string& name = list.config.name;
  if (looks_at(list.policy, [](Fact fact) { return fact == Fact::seen_before; }))
    history.seen_before = memory.store->seen_before(name, memory.replay_keys, 0).has_value();
  if (looks_at(list.policy, [](Fact fact) { return fact == Fact::rate; }))
    history.rate = memory.store->count_by_author_domain(name, memory.author_domain, memory.now - kDay,
                                                        std::max(kCounted, most_of(list.policy, Fact::rate)));
  return history;
}

std::string flood_because(const Memory& memory, const RecipientJudgement& judged) {
  if (memory.store == nullptr || memory.authenticated != Truth::yes) return "";
  DecisionStore& store = *memory.store;
  const FloodLimits& limits = memory.rules.config.flood;
  const std::string& list = judged.gated->list->config.name;
  const std::int64_t since = memory.now - kDay;
  if (store.count_by_author_domain(list, memory.author_domain, since, limits.author_domain) >=
      limits.author_domain)
    return fmt::format("{} has had as many requests in 24 hours as flood.author_domain allows",
                       memory.author_domain);
  for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld)
    if (each.cctld && !speaks_for(memory, judged, each) &&
        store.count_by_cctld(list, each.cctld->ascii(), since, limits.cctld) >= limits.cctld)
      return fmt::format("there were as many requests for .{} in 24 hours as flood.cctld allows",
                         each.cctld->ascii());
  return "";
}

}  // namespace ccgate
