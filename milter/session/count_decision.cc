#include "milter/session/count_decision.h"

#include "milter/metrics/metrics.h"

namespace ccgate {

void count_decision(const TransactionResult& result) noexcept {
  Metrics& all = metrics();
  ListCounts& list = all.lists[result.list];
  const CountedMode mode = result.observed ? CountedMode::observe : CountedMode::enforce;
  list.decisions[mode][result.verdict.decision][result.verdict.ground].add();
  if (!result.decided) return;
  list.requests[result.request.kind].add();
  for (const Signature& signature : result.evidence.signatures) all.dkim_signatures[signature.result].add();
  all.spf_results[result.evidence.spf.result].add();
  all.alignment[CountedMethod::dkim][result.dkim_aligned].add();
  all.alignment[CountedMethod::spf][result.spf_aligned].add();
}

}  // namespace ccgate
