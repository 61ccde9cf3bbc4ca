#include "milter/ledger/memory.h"

#include <algorithm>

#include "policy/rules/implication.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

constexpr std::int64_t kCounted =
    1000;  // what an explanation shows of a `rate`, when no condition needs more

/// One more than any condition has to know.
std::int64_t most_of(const Policy& policy, Fact fact) {
  std::int64_t number = 0;
  for (const Guard& guard : policy.guards) number = std::max(number, largest_number(guard.require, fact));
  for (const Rule& rule : policy.rules) number = std::max(number, largest_number(rule.when, fact));
  return std::min<std::int64_t>(number, INT64_MAX - 1) + 1;
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
    history.rate = memory.store->count_by_author_domain(name, memory.author_domain, memory.now - kDaySeconds,
                                                        std::max(kCounted, most_of(list.policy, Fact::rate)));
  return history;
}

std::optional<std::map<Domain, std::int64_t>> members_of(const Memory& memory, const List& list,
                                                         const std::set<Domain>& cctlds) {
  if (memory.store == nullptr || !list.config.roster_store ||
      !looks_at(list.policy, [](Fact fact) { return fact == Fact::members_of_tld; }))
    return std::nullopt;
  std::map<Domain, std::int64_t> counts;
  const std::int64_t most = std::max(kCounted, most_of(list.policy, Fact::members_of_tld));
  for (const Domain& cctld : cctlds)
    counts[cctld] = memory.store->count_members(list.config.name, cctld.ascii(), most);
  return counts;
}

}  // namespace ccgate
