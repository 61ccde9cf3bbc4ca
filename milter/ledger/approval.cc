#include "milter/ledger/approval.h"

#include <algorithm>

namespace ccgate {
namespace {

const Contact* contact_to_ask(const CcTld& cctld, const std::set<Role>& authority) {
  for (const auto& [role, contact] : cctld.contacts)  // the admin contact comes first
    if (authority.contains(role)) return &contact;
  return nullptr;
}

bool is_about(const Question& question, const Address& contact, const std::set<Domain>& cctlds) {
  const auto asked = Address::parse(question.contact);
  if (!asked || *asked != contact) return false;
  return std::all_of(cctlds.begin(), cctlds.end(), [&](const Domain& cctld) {
    return std::find(question.cctlds.begin(), question.cctlds.end(), cctld.ascii()) != question.cctlds.end();
  });
}

bool is_of_the_future(const Question& question, std::int64_t now) {
  return (question.answered != 0 ? question.answered : question.asked) > now + kClockError;
}

const Question* newest(const Address& contact, const std::set<Domain>& cctlds,
                       const std::vector<Question>& questions, std::int64_t now) {
  const Question* found = nullptr;
  for (const Question& question : questions)
    if (is_about(question, contact, cctlds) && !is_of_the_future(question, now) &&
        (found == nullptr || question.asked > found->asked))
      found = &question;
  return found;
}

}  // namespace

ContactsToAsk contacts_to_ask(const Verdict& verdict, const Directory& directory,
                              const std::set<Role>& authority) {
  ContactsToAsk contacts;
  for (const TldVerdict& each : verdict.per_tld) {
    if (each.decision != Decision::ask || !each.tld) continue;
    const CcTld* cctld = directory.find(*each.tld);
    const Contact* contact = cctld != nullptr ? contact_to_ask(*cctld, authority) : nullptr;
    if (contact == nullptr) return {};
    contacts[contact->email].insert(*each.tld);
  }
  return contacts;
}

Approval approval_of(const ContactsToAsk& contacts, const std::vector<Question>& questions,
                     const AskTimes& times) {
  Approval approval;
  bool refused = false;
  for (const auto& [contact, cctlds] : contacts) {
    const Question* question = newest(contact, cctlds, questions, times.now);
    const bool fresh = question != nullptr && question->answered + times.fresh > times.now;
    if (question != nullptr && question->state == QuestionState::confirmed && fresh) continue;
    if (question != nullptr && question->state == QuestionState::refused && fresh) {
      refused = true;
      continue;
    }
    approval.waiting_for.push_back(contact);
    const bool open =
        question != nullptr && question->state == QuestionState::open && question->expires > times.now;
    if (!open) approval.unasked.emplace(contact, cctlds);
  }
  approval.state = refused                        ? Approval::State::refused
                   : contacts.empty()             ? Approval::State::waiting
                   : approval.waiting_for.empty() ? Approval::State::given
                                                  : Approval::State::waiting;
  return approval;
}

}  // namespace ccgate
