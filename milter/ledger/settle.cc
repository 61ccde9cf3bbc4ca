#include "milter/ledger/settle.h"

#include <algorithm>
#include <utility>

#include "milter/ledger/follow_up.h"
#include "milter/ledger/ledger_entry.h"
#include "milter/ledger/request_key.h"
#include "policy/evaluate.h"
#include "policy/reply.h"

namespace ccgate {
namespace {

void turn(RecipientJudgement& judged, const Directory& directory, Decision from, Decision to, Ground ground) {
  Verdict& verdict = judged.judgement.verdict;
  const bool several = verdict.per_tld.size() > 1;
  for (TldVerdict& each : verdict.per_tld) {
    if (each.decision != from) continue;
    each.decision = to;
    each.ground = ground;
    const bool says = to == Decision::tempfail || to == Decision::reject;
    const CcTld* cctld = each.tld ? directory.find(*each.tld) : nullptr;
    each.reply = says ? fill_reply({}, default_reply(ground, to), cctld, several) : Reply{};
  }
  verdict = strictest(std::move(verdict.per_tld));
}

AskStyle style_of(const Verdict& verdict, const Config& config) {
  for (const TldVerdict& each : verdict.per_tld)
    if (each.decision == Decision::ask && each.ask_style) return *each.ask_style;
  return config.ask_style;
}

/// What the contacts said makes of `judged`.
void hear_contacts(const Memory& memory, RecipientJudgement& judged, const Address& author) {
  const List& list = *judged.gated->list;
  Verdict& verdict = judged.judgement.verdict;
  const Request& request = judged.judgement.request;
  judged.request_key = request_key(list.config.name, request, verdict, author);
  if (!judged.enforced() || request.kind != RequestKind::subscribe || verdict.decision > Decision::hold)
    return;
  const Config& config = memory.rules.config;
  const Directory& directory = *memory.rules.directory;
  const std::int64_t fresh = config.ask_fresh.count();
  const bool known = !judged.request_key.empty();
  if (known && memory.store != nullptr && memory.store->objected(judged.request_key, memory.now - fresh)) {
    turn(judged, directory, verdict.decision, Decision::reject, Ground::contact_refused);
    return;
  }
  if (verdict.decision != Decision::ask) return;
  if (memory.authenticated != Truth::yes) {
    const bool open = memory.authenticated == Truth::unknown;
    turn(judged, directory, Decision::ask, open ? Decision::tempfail : Decision::reject,
         open ? Ground::dns_trouble : Ground::not_authenticated);
    if (!open) verdict.reply = authentication_reply(memory.evidence, author.domain());
    return;
  }
  // Where it is not known whom to ask, or about whom, it is held; so is what a question would not show whole.
  const bool shown = people_of(request, author).size() <= kKeptPeople;
  const ContactsToAsk contacts =
      known && shown ? contacts_to_ask(verdict, directory, list.policy.authority) : ContactsToAsk{};
  if (contacts.empty()) return;
  const auto questions =
      memory.store != nullptr ? memory.store->questions_of(judged.request_key) : std::vector<Question>{};
  judged.approval = approval_of(contacts, questions, {memory.now, fresh});
  switch (judged.approval.state) {
    case Approval::State::given:
      turn(judged, directory, Decision::ask, Decision::accept, Ground::contact_confirmed);
      return;
    case Approval::State::refused:
      turn(judged, directory, Decision::ask, Decision::reject, Ground::contact_refused);
      judged.approval = {};
      return;
    case Approval::State::waiting:
      break;
  }
  judged.ask_style = style_of(verdict, config);
  turn(judged, directory, Decision::ask, Decision::ask, Ground::contact_asked);
  verdict.reply = asked_reply(*judged.ask_style, judged.approval.waiting_for);
}

/// Whether all can be written to who are asked about `judged`, or told when it is let in.
Truth all_can_be_told(const Memory& memory, const RecipientJudgement& judged) {
  std::map<Address, Told> told;
  tell_of(memory, judged, told);
  Truth all = Truth::yes;
  for (const Address& contact : judged.approval.waiting_for)
    all = both(all, can_be_told(contact, memory.smtputf8));
  for (const auto& [contact, what] : told) all = both(all, can_be_told(contact, memory.smtputf8));
  return all;
}

}  // namespace

void settle(const Memory& memory, RecipientJudgement& judged, const Address& author) {
  hear_contacts(memory, judged, author);
  const Decision decision = judged.judgement.verdict.decision;
  const bool mails =
      decision == Decision::accept || (decision == Decision::ask && judged.ask_style.has_value());
  if (!mails || !judged.enforced() || judged.judgement.request.kind != RequestKind::subscribe ||
      memory.authenticated != Truth::yes)
    return;
  const Truth reached = all_can_be_told(memory, judged);
  if (reached == Truth::yes) return;
  turn(judged, *memory.rules.directory, decision, reached == Truth::no ? Decision::hold : Decision::tempfail,
       Ground::contact_unreachable);
  judged.ask_style.reset();
  judged.approval = {};
}

}  // namespace ccgate
