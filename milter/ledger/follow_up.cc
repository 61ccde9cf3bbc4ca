#include "milter/ledger/follow_up.h"

#include <algorithm>
#include <utility>

#include "milter/decision/decision_id.h"
#include "milter/ledger/budgets.h"
#include "milter/notice/tasks.h"
#include "policy/names/cctld.h"

namespace ccgate {
namespace {

std::vector<std::string> names(const std::set<Domain>& cctlds) {
  std::vector<std::string> all;
  for (const Domain& cctld : cctlds) all.push_back(cctld.ascii());
  return all;
}

/// Where others than the admin contact may have let it in, that one is told, whatever the policy says.
std::set<Role> roles_to_inform(const CcTldVerdict& each) {
  std::set<Role> roles;
  if (each.quorum) roles.insert(Role::admin);
  bool said = false;
  for (const Action* action : each.actions) {
    if (action->kind != Action::Kind::inform) continue;
    said = true;
    roles.insert(action->roles.begin(), action->roles.end());
  }
  return said ? roles : std::set<Role>{Role::admin};
}

/// What is told of two lists' acceptances is told in one mail.
Told joined(Told one, const Told& other) {
  one.cctlds.insert(other.cctlds.begin(), other.cctlds.end());
  one.previous = one.previous && other.previous;
  one.registry = one.registry && other.registry;
  one.confirmed = one.confirmed && other.confirmed;
  return one;
}

std::map<Address, Told> joined(std::map<Address, Told> all, const std::map<Address, Told>& others) {
  for (const auto& [whom, how] : others) {
    const auto [at, is_new] = all.try_emplace(whom, how);
    if (!is_new) at->second = joined(std::move(at->second), how);
  }
  return all;
}

/// The contacts of one ccTLD in `roles`, each told as `how`, and those before young ones.
std::map<Address, Told> told_about(const Memory& memory, const CcTld& cctld, const std::set<Role>& roles,
                                   const Told& how) {
  std::map<Address, Told> all;
  Told previously = how;
  previously.previous = true;
  for (const auto& [role, contact] : cctld.contacts) {
    if (!roles.contains(role)) continue;
    all = joined(std::move(all), {{contact.email, how}});
    if (const auto* previous =
            previous_of_young(contact, memory.now, memory.rules.config.contacts.cool_down.count()))
      all = joined(std::move(all), {{previous->email, previously}});
  }
  return all;
}

/// A mail to `to` that follows from the decision.
Task mail_task(const LedgerEntry& entry, TaskKind kind, std::string key, const Address& to) {
  Task task = new_task(kind, std::move(key), entry.id, entry.list, entry.decided);
  task.to = to.text();
  return task;
}

/// `record`, which counts against `budgets` too: those of `question`, or in any case where it is empty.
DecisionRecord counted(DecisionRecord record, std::vector<Budget> budgets, const std::string& question) {
  for (Budget& budget : budgets) {
    budget.question = question;
    record.budgets.push_back(std::move(budget));
  }
  return record;
}

DecisionRecord with_notice(const Memory& memory, DecisionRecord record, const Address& to, const Told& what) {
  Task task = mail_task(record.entry, TaskKind::inform, "inform:" + record.entry.id + ":" + to.key(), to);
  task.payload = write_payload(InformPayload{names(what.cctlds), what.previous});
  record.tasks.push_back(std::move(task));
  const Cause cause = what.registry ? Cause::registry : what.confirmed ? Cause::confirmed : Cause::stranger;
  return counted(std::move(record), budgets_for(memory, MailKind::notice, to, cause), "");
}

AskPayload ask_payload(const ToAsk& about) {
  AskPayload payload;
  for (const auto& [cctld, need] : about.needed) payload.needed[cctld.ascii()] = need;
  payload.beside = about.beside;
  return payload;
}

DecisionRecord with_question(const Memory& memory, DecisionRecord record, const RecipientJudgement& judged,
                             const Address& contact, const ToAsk& about) {
  const std::set<Domain>& cctlds = about.cctlds;
  Question question;
  question.id = new_decision_id();
  question.request_key = judged.request_key;
  question.decision_id = record.entry.id;
  question.list = judged.gated->list->config.name;
  question.contact = contact.text();
  question.cctlds = names(cctlds);
  question.asked_as = about.as;
  question.asked = record.entry.decided;
  question.expires = record.entry.decided + memory.rules.config.ask.expires.count();
  Task task = mail_task(record.entry, TaskKind::ask, "ask:" + question.id, contact);
  task.list = question.list;
  task.question = question.id;
  task.expires = question.expires;
  if (about.as) task.payload = write_payload(ask_payload(about));
  record.tasks.push_back(std::move(task));
  record.questions.push_back(question);
  const bool registry = is_of_registry(memory, *judged.gated->list, cctlds);
  return counted(
      std::move(record),
      budgets_for(memory, MailKind::question, contact, registry ? Cause::registry : Cause::stranger),
      question.id);
}

/// What a request counts against: once each, though a message may have several recipients.
std::vector<Budget> budgets_of(const Memory& memory, const TransactionResult& result) {
  std::vector<Budget> budgets;
  if (memory.authenticated != Truth::yes || result.observed || result.verdict.decision > Decision::hold)
    return budgets;
  for (const RecipientJudgement& judged : result.judgements) {
    if (!judged.enforces_subscription()) continue;
    for (Budget& budget : budgets_of_request(memory, judged))
      if (std::find(budgets.begin(), budgets.end(), budget) == budgets.end())
        budgets.push_back(std::move(budget));
  }
  return budgets;
}

/// What the acceptance rests on.
DecisionRecord with_approval(DecisionRecord record, const RecipientJudgement& judged) {
  const Approval& approval = judged.approval;
  record.rests_on.insert(record.rests_on.end(), approval.given_by.begin(), approval.given_by.end());
  record.known_refusals.insert(approval.refusals.begin(), approval.refusals.end());
  for (const MemberVouches& one : approval.members)
    record.rests_on_members.push_back({judged.gated->list->config.name, one.cctld.ascii(), one.who.key()});
  return record;
}

/// What follows from letting it in.
DecisionRecord with_acceptance(const Memory& memory, const TransactionResult& result, DecisionRecord record) {
  if (!lets_in(memory, result)) return record;
  for (const auto& [to, what] : whom_to_tell(memory, result))
    record = with_notice(memory, std::move(record), to, what);
  bool runs_hook = false;
  for (const RecipientJudgement& judged : result.judgements) {
    record = with_approval(std::move(record), judged);
    const ListConfig& list = judged.gated->list->config;
    runs_hook = runs_hook || (list.name == record.entry.list && judged.enforces_subscription() &&
                              !names_nobody(judged) && !list.hooks.accepted.empty());
  }
  if (runs_hook)
    record.tasks.push_back(hook_task(record.entry.id, record.entry.list, "accepted", record.entry.decided));
  return record;
}

/// The contacts that have to be asked.
DecisionRecord with_questions(const Memory& memory, const TransactionResult& result, DecisionRecord record) {
  if (result.verdict.decision != Decision::ask || result.repeated || result.observed || !result.ask_style)
    return record;
  for (const RecipientJudgement& judged : result.judgements) {
    if (!judged.enforces_subscription()) continue;
    for (const auto& [contact, about] : judged.approval.unasked)
      record = with_question(memory, std::move(record), judged, contact, about);
  }
  return record;
}

}  // namespace

bool lets_in(const Memory& memory, const TransactionResult& result) {
  return memory.authenticated == Truth::yes && !result.observed && !result.repeated &&
         result.answer.kind == Answer::Kind::accept && result.verdict.decision == Decision::accept;
}

bool names_nobody(const RecipientJudgement& judged) {
  const std::vector<Person>& people = judged.judgement.request.people;
  return judged.gated->command.form && std::none_of(people.begin(), people.end(), [](const Person& one) {
           return !one.name.empty() && one.email;
         });
}

std::map<Address, Told> told_of(const Memory& memory, const RecipientJudgement& judged) {
  std::map<Address, Told> told;
  for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld) {
    const CcTld* cctld = each.cctld ? memory.rules.directory->find(*each.cctld) : nullptr;
    if (cctld == nullptr) continue;
    const Told how{{*each.cctld},
                   false,
                   is_of_registry(memory, *judged.gated->list, *cctld),
                   each.ground == Ground::contact_confirmed};
    told = joined(std::move(told), told_about(memory, *cctld, roles_to_inform(each), how));
  }
  return told;
}

std::map<Address, Told> whom_to_tell(const Memory& memory, const TransactionResult& result) {
  std::map<Address, Told> told;
  if (!lets_in(memory, result)) return told;
  for (const RecipientJudgement& judged : result.judgements)
    if (judged.enforces_subscription()) told = joined(std::move(told), told_of(memory, judged));
  return told;
}

DecisionRecord with_leavers_told(const Memory& memory, DecisionRecord record) {
  std::map<Address, Told> told;
  for (const MemberEnd& end : record.members.ended) {
    if (end.cctld.empty() || (memory.author && end.address == memory.author->key())) continue;
    const auto cctld = parse_cctld(end.cctld);
    const CcTld* known = cctld ? memory.rules.directory->find(*cctld) : nullptr;
    if (known != nullptr)
      told = joined(std::move(told), told_about(memory, *known, {Role::admin}, {{*cctld}}));
  }
  for (const auto& [to, what] : told) record = with_notice(memory, std::move(record), to, what);
  return record;
}

DecisionRecord with_follow_up(const Memory& memory, const TransactionResult& result, DecisionRecord record) {
  record = counted(std::move(record), budgets_of(memory, result), "");
  record = with_acceptance(memory, result, std::move(record));
  return with_questions(memory, result, std::move(record));
}

}  // namespace ccgate
