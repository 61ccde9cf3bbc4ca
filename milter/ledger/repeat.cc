#include "milter/ledger/repeat.h"

#include <utility>

#include "milter/ledger/ledger_entry.h"

namespace ccgate {
namespace {

int strictness(std::string_view verdict) {
  for (const Decision decision : {Decision::accept, Decision::ask, Decision::hold, Decision::tempfail,
                                  Decision::discard, Decision::reject})
    if (verdict == to_string(decision)) return static_cast<int>(decision);
  return -1;
}

}  // namespace

std::optional<LedgerEntry> decision_to_repeat(const Memory& memory, TransactionResult& result,
                                              const RecipientJudgement& judged) {
  if (memory.store == nullptr || memory.replay_keys.empty() || judged.request_key.empty() ||
      !judged.approval.unasked.empty())
    return std::nullopt;
  const Decision now = result.verdict.decision;
  if (now == Decision::tempfail) return std::nullopt;
  const std::int64_t since = memory.now - memory.rules.config.replay_window.count();
  auto before = memory.store->seen_before(judged.gated->list->config.name, memory.replay_keys, since);
  result.seen = DecisionRecord::Seen{since, before ? before->id : ""};
  if (!before || before->observed || before->request_key != judged.request_key ||
      before->policy_hash != judged.gated->list->policy.hash)
    return std::nullopt;
  // What was only asked about may be decided by now.
  const bool was_final = before->verdict != to_string(Decision::ask);
  const int then = strictness(before->verdict);
  // A stricter one stays with the same evidence only: somebody else may have sent a copy, with less to show,
  // first.
  const bool stays = was_final && then > static_cast<int>(now) &&
                     before->evidence_digest == evidence_digest(result.evidence);
  if (then != static_cast<int>(now) && !stays) return std::nullopt;
  return before;
}

void repeat(TransactionResult& result, const LedgerEntry& before) {
  result.repeated = true;
  result.decision_id = before.id;
  for (const Decision decision : {Decision::hold, Decision::discard, Decision::reject})
    if (before.verdict == to_string(decision)) result.verdict.decision = decision;
  if (auto reply = read_reply_line(before.reply)) result.verdict.reply = std::move(*reply);
}

}  // namespace ccgate
