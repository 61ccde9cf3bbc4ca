#include "milter/ledger/repeat.h"

#include <utility>

#include "milter/ledger/ledger_entry.h"
#include "policy/verdict/overrule.h"

namespace ccgate {
namespace {

int strictness(std::string_view verdict) {
  for (const Decision decision : {Decision::accept, Decision::ask, Decision::hold, Decision::tempfail,
                                  Decision::discard, Decision::reject})
    if (verdict == to_string(decision)) return static_cast<int>(decision);
  return -1;
}

/// nullopt for a word of another version.
std::optional<Ground> ground_of(std::string_view word) {
  for (int i = static_cast<int>(Ground::author_is_contact); i <= static_cast<int>(Ground::internal_error);
       ++i)
    if (to_string(static_cast<Ground>(i)) == word) return static_cast<Ground>(i);
  return std::nullopt;
}

template <typename A, typename B>
bool is_decided_alike(const A& a, const B& b) {
  return a.decision == b.decision && a.ground == b.ground && a.rule == b.rule;
}

/// What is done beside it stays where it is let in once more.
Verdict as_recorded(Verdict verdict, const LedgerEntry& before) {
  const Reply reply = read_reply_line(before.reply).value_or(verdict.reply);
  for (const Decision decision : {Decision::hold, Decision::discard, Decision::reject})
    if (before.verdict == to_string(decision) && verdict.decision != decision)
      verdict = redecided(std::move(verdict), decision, reply);
  verdict = replied(std::move(verdict), reply);
  const auto ground = ground_of(before.ground);
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
  const int then = strictness(before->verdict);
  // A stricter one stays with the same evidence only: somebody else may have sent a copy, with less to show,
  // first.
  const bool stays = was_final && then > static_cast<int>(now) &&
                     before->evidence_digest == evidence_digest(settled.evidence);
  if (then == static_cast<int>(now) || stays) recalled.answer = std::move(before);
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
