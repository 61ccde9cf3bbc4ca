#include "milter/decision/rule_edits.h"

#include <algorithm>
#include <utility>

#include "milter/decision/weigh.h"
#include "policy/text/ascii.h"
#include "policy/verdict/overrule.h"

namespace ccgate {
namespace {

/// The same address among the recipients is no reason to leave it out: another milter may refuse that one, or
/// the MTA know it by another name.
Edits with_recipient(Edits edits, const Address& address) {
  std::vector<Address>& added = edits.add_recipients;
  if (std::find(added.begin(), added.end(), address) == added.end()) added.push_back(address);
  return edits;
}

/// The contacts of one ccTLD in `roles`, told once each. Of a young one the previous contact too: a copy to
/// it is no more than the author's word.
Edits with_informed(Edits edits, const Ruleset& rules, const Domain& cctld, const std::set<Role>& roles,
                    std::int64_t now) {
  const CcTld* known = rules.directory->find(cctld);
  if (known == nullptr) return edits;
  for (const auto& [role, contact] : known->contacts) {
    if (!roles.contains(role)) continue;
    edits = with_recipient(std::move(edits), contact.email);
    if (const auto* previous = previous_of_young(contact, now, rules.config.contacts.cool_down.count()))
      edits = with_recipient(std::move(edits), previous->email);
  }
  return edits;
}

/// What the rules of `judged` want done, behind `edits`.
Edits carried_out(Edits edits, const Settled& settled, const RecipientJudgement& judged, const Ruleset& rules,
                  std::int64_t now) {
  for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld) {
    // A message that is held informs nobody: the contact hears of acceptances.
    if (each.decision != settled.verdict.decision) continue;
    for (const Action* action : each.actions) {
      switch (action->kind) {
        case Action::Kind::inform:
          if (each.cctld && !settled.own_notices)
            edits = with_informed(std::move(edits), rules, *each.cctld, action->roles, now);
          break;
        case Action::Kind::add_header:
          edits.insert_on_top.push_back({action->name, " " + action->value});
          break;
        case Action::Kind::add_recipient:
          if (action->address) edits = with_recipient(std::move(edits), *action->address);
          break;
        case Action::Kind::redirect:
          if (!action->address) break;
          edits.delete_recipients.push_back(judged.recipient->raw);
          edits = with_recipient(std::move(edits), *action->address);
          break;
      }
    }
  }
  return edits;
}

Verdict held_at_least(Verdict verdict) {
  if (verdict.decision >= Decision::hold) return verdict;
  const Reply reply = verdict.reply;
  return redecided(std::move(verdict), Decision::hold, reply);
}

Settled hold_at_least(Settled settled) {
  const Ruling before = ruling_of(settled.verdict);
  settled.verdict = held_at_least(std::move(settled.verdict));
  settled.changes =
      noted(std::move(settled.changes), DecisionStep::notices, before, ruling_of(settled.verdict),
            "a recipient that is to be added has an address that is not ASCII");
  for (RecipientJudgement& judged : settled.judgements)
    judged.judgement.verdict = held_at_least(std::move(judged.judgement.verdict));
  return settled;
}

}  // namespace

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

Planned plan_edits(Settled settled, const Ruleset& rules, std::int64_t now) {
  if (answer_kind(settled.verdict.decision, settled.ask_style) != Answer::Kind::accept)
    return {std::move(settled)};
  Edits edits;
  for (const RecipientJudgement& judged : settled.judgements)
    edits = carried_out(std::move(edits), settled, judged, rules, now);
  // Mail to such an address needs SMTPUTF8 on its whole way; a person sees to it that it is told.
  const std::vector<Address>& added = edits.add_recipients;
  if (settled.verdict.decision == Decision::accept &&
      !std::all_of(added.begin(), added.end(), [](const Address& each) { return is_ascii(each.local()); }))
    return {hold_at_least(std::move(settled))};
  const std::vector<std::string>& taken_out = edits.delete_recipients;
  const auto may_stay = [&](const RecipientJudgement& judged) {
    return !judged.recipient->certain &&
           std::find(taken_out.begin(), taken_out.end(), judged.recipient->raw) != taken_out.end();
  };
  if (std::any_of(settled.judgements.begin(), settled.judgements.end(), may_stay))
    return {refuse_envelope(
        std::move(settled), Ground::malformed,
        {554, "5.6.0",
         "this mail server knows the recipient by another name; write to the list's address plainly"},
        "the mail server may not find a recipient that is to be taken out")};
  return {std::move(settled), std::move(edits)};
}

Settled refuse_envelope(Settled settled, Ground ground, const Reply& reply, std::string why) {
  settled =
      overrule(std::move(settled), {DecisionStep::envelope, Decision::reject, ground, reply, std::move(why)});
  settled.envelope_refused = true;
  return settled;
}

}  // namespace ccgate
