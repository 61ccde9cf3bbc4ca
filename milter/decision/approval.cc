#include "milter/decision/approval.h"

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

/// What one contact was asked, and said.
struct Word {
  const Question* refusal = nullptr;
  const Question* confirmation = nullptr;  // the newest one
  bool open = false;
};

Word word_of(const Address& contact, const std::set<Domain>& cctlds, const std::vector<Question>& questions,
             const AskTimes& times) {
  Word word;
  for (const Question& question : questions) {
    if (!is_about(question, contact, cctlds) || is_of_the_future(question, times.now)) continue;
    const bool fresh = question.answered + times.fresh > times.now;
    if (question.state == QuestionState::refused && fresh) word.refusal = &question;
    if (question.state == QuestionState::confirmed && fresh &&
        (word.confirmation == nullptr || question.answered > word.confirmation->answered))
      word.confirmation = &question;
    if (question.state == QuestionState::open && question.expires > times.now) word.open = true;
  }
  return word;
}

}  // namespace

ContactsToAsk contacts_to_ask(const Verdict& verdict, const Directory& directory,
                              const std::set<Role>& authority) {
  ContactsToAsk contacts;
  for (const CcTldVerdict& each : verdict.per_cctld) {
    if (each.decision != Decision::ask || !each.cctld) continue;
    const CcTld* cctld = directory.find(*each.cctld);
    const Contact* contact = cctld != nullptr ? contact_to_ask(*cctld, authority) : nullptr;
    if (contact == nullptr) return {};
    contacts[contact->email].insert(*each.cctld);
  }
  return contacts;
}

Approval approval_of(const ContactsToAsk& contacts, const std::vector<Question>& questions,
                     const AskTimes& times) {
  Approval approval;
  bool refused = false;
  for (const auto& [contact, cctlds] : contacts) {
    const Word word = word_of(contact, cctlds, questions, times);
    if (word.refusal != nullptr) {
      refused = true;
      continue;
    }
    if (word.confirmation != nullptr) {
      approval.given_by.push_back(*word.confirmation);
      continue;
    }
    approval.waiting_for.push_back(contact);
    if (!word.open) approval.unasked.emplace(contact, cctlds);
  }
  approval.state = refused                        ? Approval::State::refused
                   : contacts.empty()             ? Approval::State::waiting
                   : approval.waiting_for.empty() ? Approval::State::given
                                                  : Approval::State::waiting;
  if (approval.state != Approval::State::given) approval.given_by.clear();
  return approval;
}

}  // namespace ccgate
