// milter/decision/approval.h: whether the contacts have agreed to a request that the policy says to ask
// about.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "milter/store/records.h"
#include "policy/registry/registry.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// The contacts that a verdict says to ask, and for which of its ccTLDs each: one for each ccTLD decided
/// `ask`, the admin contact where `authority` has it, else the first role of it that the ccTLD has. A family
/// that shares a contact is one question. Empty: nobody to ask.
using ContactsToAsk = std::map<Address, std::set<Domain>>;
[[nodiscard]] ContactsToAsk contacts_to_ask(const Verdict& verdict, const Directory& directory,
                                            const std::set<Role>& authority);

struct AskTimes {
  std::int64_t now = 0;    ///< seconds since 1970
  std::int64_t fresh = 0;  ///< seconds that an answer counts
};

struct Approval {
  enum class State {
    given,    ///< each has confirmed
    refused,  ///< one said no
    waiting,
  };
  State state = State::waiting;
  std::vector<Address> waiting_for;  ///< asked already, or to be asked; in the order of addresses
  ContactsToAsk unasked;             ///< of these, those without an open question
  std::vector<Question> given_by;    ///< when given: the answer of each
};
/// `questions`: all about the request. An answer counts while it is fresh, for all the ccTLDs whose contact
/// it is now; a no counts against every yes of the same contact. A question that was asked or answered in the
/// future, by more than kClockError, is as none: nobody knows how old it is.
[[nodiscard]] Approval approval_of(const ContactsToAsk& contacts, const std::vector<Question>& questions,
                                   const AskTimes& times);

}  // namespace ccgate
