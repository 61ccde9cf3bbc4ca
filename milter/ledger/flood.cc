#include "milter/ledger/flood.h"

#include <fmt/core.h>

#include "milter/ledger/budgets.h"

namespace ccgate {
namespace {

/// Strangers must not use up what a registry may ask for.
bool speaks_for(const Memory& memory, const RecipientJudgement& judged, const CcTldVerdict& each) {
  if (each.ground == Ground::contact_confirmed || each.ground == Ground::author_is_contact) return true;
  const CcTld* cctld = memory.rules.directory->find(*each.cctld);
  return cctld != nullptr && is_of_registry(memory, *judged.gated->list, *cctld);
}

}  // namespace

std::string flood_because(const Memory& memory, const RecipientJudgement& judged) {
  if (memory.store == nullptr || memory.authenticated != Truth::yes) return "";
  DecisionStore& store = *memory.store;
  const FloodLimits& limits = memory.rules.config.flood;
  const std::string& list = judged.gated->list->config.name;
  const std::int64_t since = memory.now - kBudgetTime;
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
