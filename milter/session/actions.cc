#include "milter/session/actions.h"

#include <algorithm>

#include "milter/session/authres.h"
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

Answer::Kind answer_kind(Decision decision, std::optional<AskStyle> style) {
  switch (decision) {
    case Decision::ask:  // where nobody can be asked, a person decides from the hold queue
      return style == AskStyle::tempfail ? Answer::Kind::tempfail
             : style == AskStyle::reject ? Answer::Kind::reject
                                         : Answer::Kind::accept;
    case Decision::accept:
    case Decision::hold:
      return Answer::Kind::accept;
    case Decision::tempfail:
      return Answer::Kind::tempfail;
    case Decision::discard:
      return Answer::Kind::discard;
    case Decision::reject:
      return Answer::Kind::reject;
  }
  return Answer::Kind::tempfail;
}

bool is_recipient(const TransactionStart& start, const Address& address) {
  for (const Recipient& recipient : start.recipients)
    if (std::find(recipient.addresses.begin(), recipient.addresses.end(), address) !=
        recipient.addresses.end())
      return true;
  return false;
}

void add_recipient(Edits& edits, const TransactionStart& start, const Address& address) {
  if (is_recipient(start, address)) return;
  if (std::find(edits.add_recipients.begin(), edits.add_recipients.end(), address) ==
      edits.add_recipients.end())
    edits.add_recipients.push_back(address);
}

/// The contacts of one ccTLD in `roles`, told once each. Of a new one the previous contact too: a copy to it
/// is no more than the author's word, and whoever took the record over would be telling himself alone.
void inform(Edits& edits, const TransactionStart& start, const Ruleset& rules, const Domain& label,
            const std::set<Role>& roles, std::int64_t now) {
  const CcTld* tld = rules.directory->find(label);
  if (tld == nullptr) return;
  for (const auto& [role, contact] : tld->contacts) {
    if (!roles.contains(role)) continue;
    add_recipient(edits, start, contact.email);
    if (contact.previous && contact_age(contact, now) < rules.config.contacts_cool_down.count())
      add_recipient(edits, start, contact.previous->email);
  }
}

void carry_out(TransactionResult& result, const RecipientJudgement& judged, const TransactionStart& start,
               const Ruleset& rules, std::int64_t now) {
  for (const TldVerdict& each : judged.judgement.verdict.per_tld) {
    // A message that is held informs nobody: the contact hears of acceptances.
    if (each.decision != result.verdict.decision) continue;
    for (const Action* action : each.actions) {
      switch (action->kind) {
        case Action::Kind::inform:
          if (each.tld && !result.own_notices)
            inform(result.edits, start, rules, *each.tld, action->roles, now);
          break;
        case Action::Kind::add_header:
          result.edits.insert_on_top.push_back({action->name, " " + action->value});
          break;
        case Action::Kind::add_recipient:
          if (action->address) add_recipient(result.edits, start, *action->address);
          break;
        case Action::Kind::redirect:
          if (!action->address) break;
          result.edits.delete_recipients.push_back(judged.recipient->raw);
          add_recipient(result.edits, start, *action->address);
          break;
      }
    }
  }
}

void mark(TransactionResult& result, const Ruleset& rules, const TransactionStart& start,
          const std::vector<HeaderField>& fields) {
  const std::string& authserv_id =
      rules.config.authserv_id.empty() ? start.authserv_id : rules.config.authserv_id;
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

bool is_ours(const Recipient& recipient) {
  return recipient.own.has_value();
}

bool is_mixed(const TransactionStart& start) {
  const auto gated = [](const Recipient& recipient) {
    return !recipient.gated.empty() || is_ours(recipient);
  };
  return std::any_of(start.recipients.begin(), start.recipients.end(), gated) &&
         !std::all_of(start.recipients.begin(), start.recipients.end(), gated);
}

/// A request in one transaction with other mail that would be let through or held: holding it would hold the
/// other mail too.
bool mixture_refused(const Config& config, const TransactionStart& start, Decision decision) {
  if (!is_mixed(start) || decision >= Decision::tempfail) return false;
  switch (config.mixed_recipients) {
    case MixedRecipients::split:
      return start.split_missed;
    case MixedRecipients::reject:
      return true;
    case MixedRecipients::drop:
      return decision != Decision::accept;
  }
  return true;
}

/// Takes the command recipients out and lets the others have their mail.
void drop_command_recipients(TransactionResult& result, const TransactionStart& start) {
  result.answer = {};
  result.edits = {};
  for (const Recipient& recipient : start.recipients)
    if (!recipient.gated.empty()) result.edits.delete_recipients.push_back(recipient.raw);
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

}  // namespace

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

  if (observes(start.recipients)) {
    result.observed = verdict.decision;
    mark(result, rules, start, fields);
    return;
  }
  if (mixture_refused(rules.config, start, verdict.decision)) {
    verdict.decision = Decision::reject;
    verdict.ground = Ground::mixed_recipients;
    verdict.rule.clear();
    verdict.reply = default_reply(Ground::mixed_recipients, Decision::reject);
  }
  result.answer.kind = answer_kind(verdict.decision, result.ask_style);
  if (result.answer.kind == Answer::Kind::tempfail || result.answer.kind == Answer::Kind::reject) {
    result.answer.reply = verdict.reply;
    result.answer.reply.text = reply_text(verdict.reply, result.decision_id);
  }
  // A request to be tried again must come again: only what is refused may be dropped.
  // An answer to one of ours in it would be lost without a refusal.
  const bool refused = (verdict.decision == Decision::reject || verdict.decision == Decision::discard) &&
                       std::none_of(start.recipients.begin(), start.recipients.end(), is_ours);
  if (is_mixed(start) && rules.config.mixed_recipients == MixedRecipients::drop && refused &&
      verdict.ground != Ground::mixed_recipients) {
    drop_command_recipients(result, start);
    return;
  }
  if (result.answer.kind != Answer::Kind::accept) return;
  for (const RecipientJudgement& judged : result.judgements) carry_out(result, judged, start, rules, now);
  if (verdict.decision != Decision::accept) result.edits.quarantine = hold_reason(result);
  mark(result, rules, start, fields);
}

}  // namespace ccgate
