#include "milter/session/decision.h"

#include "milter/session/decision_id.h"
#include "policy/reply.h"

namespace ccgate {

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
