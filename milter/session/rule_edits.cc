#include "milter/session/rule_edits.h"

#include <algorithm>
#include <utility>

#include "milter/session/decision_id.h"

namespace ccgate {
namespace {

/// The same address among the recipients is no reason to leave it out: another milter may refuse that one, or
/// the MTA know it by another name.
void add_recipient(Edits& edits, const Address& address) {
  if (std::find(edits.add_recipients.begin(), edits.add_recipients.end(), address) ==
      edits.add_recipients.end())
    edits.add_recipients.push_back(address);
}

/// The contacts of one ccTLD in `roles`, told once each. Of a new one the previous contact too: a copy to it
/// is no more than the author's word, and whoever took the record over would be telling himself alone.
void inform(Edits& edits, const Ruleset& rules, const Domain& label, const std::set<Role>& roles,
            std::int64_t now) {
  const CcTld* tld = rules.directory->find(label);
  if (tld == nullptr) return;
  for (const auto& [role, contact] : tld->contacts) {
    if (!roles.contains(role)) continue;
    add_recipient(edits, contact.email);
    if (contact.previous && contact_age(contact, now) < rules.config.contacts_cool_down.count())
      add_recipient(edits, contact.previous->email);
  }
}

void carry_out(TransactionResult& result, const RecipientJudgement& judged, const Ruleset& rules,
               std::int64_t now) {
  for (const TldVerdict& each : judged.judgement.verdict.per_tld) {
    // A message that is held informs nobody: the contact hears of acceptances.
    if (each.decision != result.verdict.decision) continue;
    for (const Action* action : each.actions) {
      switch (action->kind) {
        case Action::Kind::inform:
          if (each.tld && !result.own_notices) inform(result.edits, rules, *each.tld, action->roles, now);
          break;
        case Action::Kind::add_header:
          result.edits.insert_on_top.push_back({action->name, " " + action->value});
          break;
        case Action::Kind::add_recipient:
          if (action->address) add_recipient(result.edits, *action->address);
          break;
        case Action::Kind::redirect:
          if (!action->address) break;
          result.edits.delete_recipients.push_back(judged.recipient->raw);
          add_recipient(result.edits, *action->address);
          break;
      }
    }
  }
}

bool is_ascii(const Address& address) {
  const std::string& text = address.local();
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
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

void plan_edits(TransactionResult& result, const Ruleset& rules, std::int64_t now) {
  if (answer_kind(result.verdict.decision, result.ask_style) != Answer::Kind::accept) return;
  for (const RecipientJudgement& judged : result.judgements) carry_out(result, judged, rules, now);
  // Mail to such an address needs SMTPUTF8 on its whole way; a person sees to it that it is told.
  const std::vector<Address>& added = result.edits.add_recipients;
  if (result.verdict.decision == Decision::accept && !std::all_of(added.begin(), added.end(), is_ascii)) {
    result.verdict.decision = Decision::hold;
    for (RecipientJudgement& judged : result.judgements) {
      Decision& decision = judged.judgement.verdict.decision;
      decision = std::max(decision, Decision::hold);
    }
    result.edits = {};
  }
  for (const RecipientJudgement& judged : result.judgements) {
    const std::vector<std::string>& taken_out = result.edits.delete_recipients;
    if (judged.recipient->certain ||
        std::find(taken_out.begin(), taken_out.end(), judged.recipient->raw) == taken_out.end())
      continue;
    refuse_envelope(
        result, Ground::malformed,
        {554, "5.6.0",
         "this mail server knows the recipient by another name; write to the list's address plainly"});
    return;
  }
}

void refuse_envelope(TransactionResult& result, Ground ground, Reply reply) {
  // The decision recorded before was another one.
  if (result.repeated) result.decision_id = new_decision_id();
  result.repeated = false;
  result.envelope_refused = true;
  result.verdict.decision = Decision::reject;
  result.verdict.ground = ground;
  result.verdict.rule.clear();
  result.verdict.reply = std::move(reply);
  result.edits = {};
}

}  // namespace ccgate
