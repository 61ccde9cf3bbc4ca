#include "milter/session/actions.h"

#include <algorithm>

#include "milter/session/authres.h"
#include "milter/session/envelope.h"
#include "milter/session/rule_edits.h"
#include "policy/reply.h"

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

void mark(TransactionResult& result, const Ruleset& rules, const TransactionStart& start,
          const std::vector<HeaderField>& fields) {
  const std::string& authserv_id = authserv_id_of(rules.config, start);
  result.edits.delete_fields = forged_fields(fields, authserv_id);
  for (const RecipientJudgement& judged : result.judgements) {
    const List& list = *judged.gated->list;
    std::string word(to_string(judged.judgement.verdict.decision));
    if (result.observed) word = "observe:" + word;
    result.edits.insert_on_top.push_back(
        {"X-CCgate", ccgate_mark(judged.judgement.verdict, word, list.config.name, list.policy.hash,
                                 result.decision_id)});
  }
  if (result.judgements.empty()) {
    std::string word(to_string(result.verdict.decision));
    if (result.observed) word = "observe:" + word;
    result.edits.insert_on_top.push_back(
        {"X-CCgate", ccgate_mark(result.verdict, word, result.list, "", result.decision_id)});
  }
  result.edits.insert_on_top.push_back(
      {"Authentication-Results", authentication_results(authserv_id, result.evidence, result.verdict)});
}

std::string hold_reason(const TransactionResult& result) {
  std::string reason = "ccgate " + result.decision_id + ": ";
  reason += to_string(result.verdict.decision);
  reason += ' ';
  reason += to_string(result.verdict.ground);
  if (!result.verdict.rule.empty()) reason += " rule " + result.verdict.rule;
  if (result.verdict.tld) reason += " ." + result.verdict.tld->ascii();
  return reason;
}

void answer(TransactionResult& result) {
  const Verdict& verdict = result.verdict;
  result.answer.kind = answer_kind(verdict.decision, result.ask_style);
  if (result.answer.kind == Answer::Kind::accept || result.answer.kind == Answer::Kind::discard) return;
  result.answer.reply = verdict.reply;
  result.answer.reply.text = reply_text(verdict.reply, result.decision_id);
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

Decision on_trouble(const Config& config, Ground ground, Decision decision) {
  switch (ground) {
    case Ground::dns_trouble:
      return to_decision(config.on_dns_error);
    case Ground::stale_contacts:
      return to_decision(config.on_stale_contacts);
    case Ground::internal_error:
      return to_decision(config.on_internal_error);
    case Ground::over_limit:
      return to_decision(config.on_over_limit);
    default:
      return decision;
  }
}

void act(TransactionResult& result, const Ruleset& rules, const TransactionStart& start,
         const std::vector<HeaderField>& fields, std::int64_t now) {
  Verdict& verdict = result.verdict;
  const Decision configured = on_trouble(rules.config, verdict.ground, verdict.decision);
  if (configured != verdict.decision) {
    verdict.decision = configured;
    if (configured == Decision::tempfail) verdict.reply = {451, "4.3.4", verdict.reply.text};
    if (configured == Decision::reject && verdict.reply.code < 500)
      verdict.reply = {554, "5.3.0", verdict.reply.text};
  }

  if (count_marks(fields) > kMostMarks) {
    result.edits = {};
    refuse_envelope(result, Ground::over_limit,
                    {552, "5.3.4", "the header of this message is too large; send a short message"});
    answer(result);
    return;
  }
  if (observes(start.recipients)) {
    result.observed = verdict.decision;
    mark(result, rules, start, fields);
    return;
  }
  plan_edits(result, rules, now);
  switch (treat_mixture(rules.config, start, verdict.decision)) {
    case Mixture::as_decided:
      break;
    case Mixture::refuse:
      refuse_envelope(result, Ground::mixed_recipients,
                      default_reply(Ground::mixed_recipients, Decision::reject));
      break;
    case Mixture::drop:
      result.edits = {};
      result.edits.delete_recipients = *without_commands(start);
      return;
  }
  answer(result);
  if (result.answer.kind != Answer::Kind::accept) {
    result.edits = {};
    return;
  }
  if (verdict.decision != Decision::accept) result.edits.quarantine = hold_reason(result);
  mark(result, rules, start, fields);
}

}  // namespace ccgate
