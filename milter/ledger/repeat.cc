#include "milter/ledger/repeat.h"

#include <utility>

#include "milter/ledger/ledger_entry.h"
#include "policy/verdict/overrule.h"

namespace ccgate {
namespace {

template <typename A, typename B>
bool is_decided_alike(const A& a, const B& b) {
  return a.decision == b.decision && a.ground == b.ground && a.rule == b.rule;
}

/// What is done beside it stays where it is let in once more. What is milder than an `ask` stays as it is:
/// the grounds of one decision are none of another.
Verdict as_recorded(Verdict verdict, const LedgerEntry& before) {
  const Reply reply = read_reply_line(before.reply).value_or(verdict.reply);
  const auto then = parse_word<Decision>(before.verdict);
  const bool is_kept = then == Decision::hold || then == Decision::discard || then == Decision::reject;
  if (is_kept && verdict.decision != *then) verdict = redecided(std::move(verdict), *then, reply);
  if (then != verdict.decision) return verdict;
  verdict = replied(std::move(verdict), reply);
  const auto ground = parse_word<Ground>(before.ground);  // nullopt: a word of another version
  if (!ground) return verdict;
  for (CcTldVerdict& each : verdict.per_cctld) {
    if (!is_decided_alike(each, verdict)) continue;
    each.ground = *ground;
    each.rule = before.rule;
  }
  verdict.ground = *ground;
  verdict.rule = before.rule;
  return verdict;
}

}  // namespace

Recalled recall(const Memory& memory, const Settled& settled, const RecipientJudgement& judged) {
  const Decision now = settled.verdict.decision;
  if (memory.store == nullptr || memory.replay_keys.empty() || judged.request_key.empty() ||
      !judged.approval.unasked.empty() || now == Decision::tempfail)
    return {};
  const std::int64_t since = memory.now - memory.rules.config.replay.window.count();
  auto before = memory.store->seen_before(judged.gated->list->config.name, memory.replay_keys, since);
  Recalled recalled{DecisionRecord::Seen{since, before ? before->id : ""}};
  if (!before || before->observed || before->request_key != judged.request_key ||
      before->policy_hash != judged.gated->list->policy.hash)
    return recalled;
  // What was only asked about may be decided by now.
  const bool was_final = before->verdict != to_string(Decision::ask);
  const auto then = parse_word<Decision>(before->verdict);
  // A stricter one stays with the same evidence only: somebody else may have sent a copy, with less to show,
  // first.
  const bool stays =
      was_final && then && *then > now && before->evidence_digest == evidence_digest(settled.evidence);
  if (then == now || stays) recalled.before = std::move(before);
  return recalled;
}

Settled repeat(Settled settled, const LedgerEntry& before) {
  const Verdict now = as_recorded(settled.verdict, before);
  for (RecipientJudgement& judged : settled.judgements) {
    Verdict& verdict = judged.judgement.verdict;
    if (judged.enforced() && (verdict.decision < now.decision || is_decided_alike(verdict, settled.verdict)))
      verdict = as_recorded(std::move(verdict), before);
  }
  settled.changes = noted(std::move(settled.changes), DecisionStep::record, ruling_of(settled.verdict),
                          ruling_of(now), "the same message was decided so before");
  settled.verdict = now;
  settled.repeated = true;
  settled.decision_id = before.id;
  return settled;
}

}  // namespace ccgate
