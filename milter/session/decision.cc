#include "milter/session/decision.h"

#include "milter/session/actions.h"
#include "milter/session/decision_id.h"
#include "policy/reply.h"

namespace ccgate {

TransactionResult internal_error_result(const Config& config) {
  TransactionResult result;
  result.decision_id = new_decision_id();
  result.verdict.ground = Ground::internal_error;
  result.verdict.decision = on_trouble(config, Ground::internal_error, Decision::tempfail);
  result.verdict.reply = default_reply(Ground::internal_error, Decision::tempfail);
  if (result.verdict.decision == Decision::hold) {
    result.edits.quarantine = "ccgate " + result.decision_id + ": internal_error";
    return result;
  }
  result.verdict.decision = Decision::tempfail;
  result.answer = {Answer::Kind::tempfail, result.verdict.reply};
  result.answer.reply.text = reply_text(result.verdict.reply, result.decision_id);
  return result;
}

}  // namespace ccgate
