#include "milter/ledger/follow_up.h"

#include <algorithm>

#include "milter/decision/decision_id.h"
#include "milter/ledger/budgets.h"
#include "milter/notice/tasks.h"

namespace ccgate {
namespace {

std::vector<std::string> names(const std::set<Domain>& cctlds) {
  std::vector<std::string> all;
  for (const Domain& cctld : cctlds) all.push_back(cctld.ascii());
  return all;
}

std::set<Role> roles_to_inform(const CcTldVerdict& each) {
  std::set<Role> roles;
  bool said = false;
  for (const Action* action : each.actions) {
    if (action->kind != Action::Kind::inform) continue;
    said = true;
    roles.insert(action->roles.begin(), action->roles.end());
  }
  return said ? roles : std::set<Role>{Role::admin};
}

void tell(std::map<Address, Told>& told, const Address& whom, const Domain& cctld, const Told& how) {
  Told& entry = told.try_emplace(whom, how).first->second;
  entry.cctlds.insert(cctld);
  entry.previous = entry.previous && how.previous;
  entry.registry = entry.registry && how.registry;
  entry.confirmed = entry.confirmed && how.confirmed;
}

/// A mail to `to` that follows from the decision.
Task mail_task(const DecisionRecord& record, TaskKind kind, std::string key, const Address& to) {
  Task task = new_task(kind, std::move(key), record.entry.id, record.entry.list, record.entry.decided);
  task.to = to.text();
  return task;
}

void count(DecisionRecord& record, std::vector<Budget> budgets, const std::string& question) {
  for (Budget& budget : budgets) {
    budget.question = question;
    record.budgets.push_back(std::move(budget));
  }
}

void add_notice(const Memory& memory, DecisionRecord& record, const Address& to, const Told& what) {
  Task task = mail_task(record, TaskKind::inform, "inform:" + record.entry.id + ":" + to.key(), to);
  task.payload = write_payload(InformPayload{names(what.cctlds), what.previous});
  record.tasks.push_back(std::move(task));
  const Cause cause = what.registry ? Cause::registry : what.confirmed ? Cause::confirmed : Cause::stranger;
  count(record, budgets_for(memory, MailKind::notice, to, cause), "");
}

void add_questions(const Memory& memory, const RecipientJudgement& judged, DecisionRecord& record) {
  for (const auto& [contact, cctlds] : judged.approval.unasked) {
    Question question;
    question.id = new_decision_id();
    question.request_key = judged.request_key;
    question.decision_id = record.entry.id;
    question.list = judged.gated->list->config.name;
    question.contact = contact.text();
    question.cctlds = names(cctlds);
    question.asked = record.entry.decided;
    question.expires = record.entry.decided + memory.rules.config.ask.expires.count();
    Task task = mail_task(record, TaskKind::ask, "ask:" + question.id, contact);
    task.list = question.list;
    task.question = question.id;
    task.expires = question.expires;
    record.tasks.push_back(std::move(task));
    const bool registry = is_of_registry(memory, *judged.gated->list, cctlds);
    count(record,
          budgets_for(memory, MailKind::question, contact, registry ? Cause::registry : Cause::stranger),
          question.id);
    record.questions.push_back(std::move(question));
  }
}

bool lets_in(const Memory& memory, const TransactionResult& result) {
  return memory.authenticated == Truth::yes && !result.observed && !result.repeated &&
         result.answer.kind == Answer::Kind::accept && result.verdict.decision == Decision::accept;
}

/// Once each, though a message may have several recipients.
void count_request(const Memory& memory, const TransactionResult& result, DecisionRecord& record) {
  if (memory.authenticated != Truth::yes || result.observed || result.verdict.decision > Decision::hold)
    return;
  for (const RecipientJudgement& judged : result.judgements) {
    if (!judged.enforces_subscription()) continue;
    for (Budget& budget : budgets_of_request(memory, judged))
      if (std::find(record.budgets.begin(), record.budgets.end(), budget) == record.budgets.end())
        record.budgets.push_back(std::move(budget));
  }
}

}  // namespace

void tell_of(const Memory& memory, const RecipientJudgement& judged, std::map<Address, Told>& told) {
  for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld) {
    const CcTld* cctld = each.cctld ? memory.rules.directory->find(*each.cctld) : nullptr;
    if (cctld == nullptr) continue;
    const std::set<Role> roles = roles_to_inform(each);
    Told how{{},
             false,
             is_of_registry(memory, *judged.gated->list, *cctld),
             each.ground == Ground::contact_confirmed};
    for (const auto& [role, contact] : cctld->contacts) {
      if (!roles.contains(role)) continue;
      how.previous = false;
      tell(told, contact.email, *each.cctld, how);
      how.previous = true;
      if (const auto* previous =
              previous_of_young(contact, memory.now, memory.rules.config.contacts.cool_down.count()))
        tell(told, previous->email, *each.cctld, how);
    }
  }
}

std::map<Address, Told> whom_to_tell(const Memory& memory, const TransactionResult& result) {
  std::map<Address, Told> told;
  if (!lets_in(memory, result)) return told;
  for (const RecipientJudgement& judged : result.judgements)
    if (judged.enforces_subscription()) tell_of(memory, judged, told);
  return told;
}

void add_follow_up(const Memory& memory, const TransactionResult& result, DecisionRecord& record) {
  count_request(memory, result, record);
  for (const auto& [to, what] : whom_to_tell(memory, result)) add_notice(memory, record, to, what);
  if (lets_in(memory, result))
    for (const RecipientJudgement& judged : result.judgements)
      record.rests_on.insert(record.rests_on.end(), judged.approval.given_by.begin(),
                             judged.approval.given_by.end());
  const bool subscribes =
      std::any_of(result.judgements.begin(), result.judgements.end(),
                  [](const RecipientJudgement& judged) { return judged.enforces_subscription(); });
  if (lets_in(memory, result) && subscribes && !memory.rules.config.hooks.accepted.empty())
    record.tasks.push_back(hook_task(record.entry.id, record.entry.list, "accepted", record.entry.decided));
  if (result.verdict.decision != Decision::ask || result.repeated || result.observed || !result.ask_style)
    return;
  for (const RecipientJudgement& judged : result.judgements)
    if (judged.enforces_subscription()) add_questions(memory, judged, record);
}

}  // namespace ccgate
