#include "milter/decision/actions.h"

#include <algorithm>
#include <utility>

#include "milter/decision/authres.h"
#include "milter/decision/decision_id.h"
#include "milter/decision/envelope.h"
#include "milter/decision/rule_edits.h"
#include "milter/decision/weigh.h"
#include "policy/verdict/overrule.h"
#include "policy/verdict/reply.h"

namespace ccgate {
namespace {

Decision to_decision(OnTrouble what) {
  switch (what) {
    case OnTrouble::tempfail:
      return Decision::tempfail;
    case OnTrouble::reject:
      return Decision::reject;
    case OnTrouble::hold:
      return Decision::hold;
  }
  return Decision::tempfail;
}

/// The decision that `config` puts in the place of trouble of `ground`; `decision` itself for any other.
Decision on_trouble(const Config& config, Ground ground, Decision decision) {
  switch (ground) {
    case Ground::dns_trouble:
      return to_decision(config.on.dns_error);
    case Ground::stale_contacts:
      return to_decision(config.on.stale_contacts);
    case Ground::internal_error:
      return to_decision(config.on.internal_error);
    case Ground::over_limit:
      return to_decision(config.on.over_limit);
    default:
      return decision;
  }
}

const char* as_said(Ground ground) {
  switch (ground) {
    case Ground::dns_trouble:
      return "on.dns_error in ccgate.yaml says so";
    case Ground::stale_contacts:
      return "on.stale_contacts in ccgate.yaml says so";
    case Ground::internal_error:
      return "on.internal_error in ccgate.yaml says so";
    case Ground::over_limit:
      return "on.over_limit in ccgate.yaml says so";
    default:
      return "";
  }
}

Verdict as_configured(Verdict verdict, const Config& config) {
  const Decision configured = on_trouble(config, verdict.ground, verdict.decision);
  if (configured == verdict.decision) return verdict;
  // What may be rejected is over_limit alone, whose replies are refusals.
  Reply reply = verdict.reply;
  if (configured == Decision::tempfail) reply = {451, "4.3.4", reply.text};
  return redecided(std::move(verdict), configured, reply);
}

/// What is repeated had it when it was recorded.
Settled as_configured(Settled settled, const Config& config) {
  if (settled.repeated) return settled;
  const Ruling before = ruling_of(settled.verdict);
  settled.verdict = as_configured(std::move(settled.verdict), config);
  settled.changes = noted(std::move(settled.changes), DecisionStep::trouble, before,
                          ruling_of(settled.verdict), as_said(before.ground));
  for (RecipientJudgement& judged : settled.judgements)
    judged.judgement.verdict = as_configured(std::move(judged.judgement.verdict), config);
  return settled;
}

/// Our marks, behind `edits`; of a decision that is `observed`, that it was not carried out.
Edits marked(Edits edits, const Settled& settled, bool observed, const Ruleset& rules,
             const TransactionStart& start, const std::vector<HeaderField>& fields) {
  const std::string& authserv_id = authserv_id_of(rules.config, start);
  edits.delete_fields = forged_fields(fields, authserv_id);
  const auto add = [&](const Verdict& verdict, const std::string& list, const std::string& policy_hash) {
    const std::string word = (observed ? "observe:" : "") + std::string(to_string(verdict.decision));
    edits.insert_on_top.push_back(
        {"X-CCgate", ccgate_mark(verdict, word, list, policy_hash, settled.decision_id)});
  };
  for (const RecipientJudgement& judged : settled.judgements)
    add(judged.judgement.verdict, judged.gated->list->config.name, judged.gated->list->policy.hash);
  if (settled.judgements.empty()) add(settled.verdict, settled.list, "");
  edits.insert_on_top.push_back(
      {"Authentication-Results", authentication_results(authserv_id, settled.evidence, settled.verdict)});
  return edits;
}

std::string hold_reason(const Settled& settled) {
  std::string reason = "ccgate " + settled.decision_id + ": ";
  reason += to_string(settled.verdict.decision);
  reason += ' ';
  reason += to_string(settled.verdict.ground);
  if (!settled.verdict.rule.empty()) reason += " rule " + settled.verdict.rule;
  if (settled.verdict.cctld) reason += " ." + settled.verdict.cctld->ascii();
  return reason;
}

Answer answer_to(const Settled& settled) {
  Answer answer{answer_kind(settled.verdict.decision, settled.ask_style), {}};
  if (answer.kind == Answer::Kind::accept || answer.kind == Answer::Kind::discard) return answer;
  answer.reply = settled.verdict.reply;
  answer.reply.text = reply_text(settled.verdict.reply, settled.decision_id);
  return answer;
}

TransactionResult refused(Settled settled) {
  TransactionResult result{std::move(settled)};
  result.answer = answer_to(result);
  return result;
}

}  // namespace

const std::string& authserv_id_of(const Config& config, const TransactionStart& start) {
  return config.authserv_id.empty() ? start.authserv_id : config.authserv_id;
}

bool observes(const std::vector<Recipient>& recipients) {
  return std::all_of(recipients.begin(), recipients.end(), [](const Recipient& recipient) {
    if (recipient.own) return false;  // an answer is never lost
    return std::all_of(recipient.gated.begin(), recipient.gated.end(),
                       [](const Ruleset::Gated& gated) { return gated.list->policy.mode == Mode::observe; });
  });
}

TransactionResult answer(Settled settled, const Ruleset& rules, const TransactionStart& start,
                         const std::vector<HeaderField>& fields, std::int64_t now) {
  settled = as_configured(std::move(settled), rules.config);
  if (count_marks(fields) > kMostMarks)
    return refused(
        refuse_envelope(std::move(settled), Ground::over_limit,
                        {552, "5.3.4", "the header of this message is too large; send a short message"},
                        "there are more marks in the header section than can be taken out"));
  if (observes(start.recipients)) {
    TransactionResult result{std::move(settled)};
    result.observed = result.verdict.decision;
    result.edits = marked({}, result, true, rules, start, fields);
    return result;
  }
  Planned planned = plan_edits(std::move(settled), rules, now);
  switch (treat_mixture(rules.config, start, planned.settled.verdict.decision)) {
    case Mixture::as_decided:
      break;
    case Mixture::refuse:
      return refused(refuse_envelope(std::move(planned.settled), Ground::mixed_recipients,
                                     default_reply(Ground::mixed_recipients, Decision::reject),
                                     "the message goes to others too"));
    case Mixture::drop: {
      TransactionResult result{std::move(planned.settled)};
      result.edits.delete_recipients = *without_commands(start);
      return result;
    }
  }
  TransactionResult result{std::move(planned.settled)};
  result.answer = answer_to(result);
  if (result.answer.kind != Answer::Kind::accept) return result;
  if (result.verdict.decision != Decision::accept) planned.edits.quarantine = hold_reason(result);
  result.edits = marked(std::move(planned.edits), result, false, rules, start, fields);
  return result;
}

TransactionResult internal_error_result(OnTrouble what) {
  Verdict verdict;
  verdict.ground = Ground::internal_error;
  verdict.decision = what == OnTrouble::hold ? Decision::hold : Decision::tempfail;
  verdict.reply = default_reply(Ground::internal_error, Decision::tempfail);
  TransactionResult result{without_judgement({new_decision_id()}, std::move(verdict))};
  result.answer = answer_to(result);
  if (what == OnTrouble::hold) result.edits.quarantine = "ccgate " + result.decision_id + ": internal_error";
  return result;
}

}  // namespace ccgate
