#include "milter/decision/decision.h"

#include <utility>

#include "milter/decision/decision_id.h"
#include "policy/verdict/reply.h"

namespace ccgate {

Ruling ruling_of(const Verdict& verdict) {
  return {verdict.decision, verdict.ground, verdict.rule};
}

Ruling ruling_of(const CcTldVerdict& verdict) {
  return {verdict.decision, verdict.ground, verdict.rule};
}

std::vector<DecisionChange> noted(std::vector<DecisionChange> changes, DecisionStep step, Ruling from,
                                  Ruling to, std::string why) {
  if (from != to) changes.push_back({step, std::move(from), std::move(to), std::move(why)});
  return changes;
}

std::string some_of(const std::vector<Address>& addresses) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < addresses.size() && i < kShown; ++i)
    text += (i == 0 ? "" : ", ") + addresses[i].text();
  if (addresses.size() <= kShown) return text;
  return text + " and " + std::to_string(addresses.size() - kShown) + " more";
}

TransactionResult internal_error_result(OnTrouble what) {
  TransactionResult result;
  result.decision_id = new_decision_id();
  result.verdict.ground = Ground::internal_error;
  result.verdict.decision = what == OnTrouble::hold ? Decision::hold : Decision::tempfail;
  result.verdict.reply = default_reply(Ground::internal_error, Decision::tempfail);
  if (what == OnTrouble::hold) {
    result.edits.quarantine = "ccgate " + result.decision_id + ": internal_error";
    return result;
  }
  result.answer = {Answer::Kind::tempfail, result.verdict.reply};
  result.answer.reply.text = reply_text(result.verdict.reply, result.decision_id);
  return result;
}

}  // namespace ccgate
