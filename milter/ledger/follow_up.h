// milter/ledger/follow_up.h: what has to follow a decision once its client has the reply: notices, questions,
// hooks.
#pragma once

#include <map>
#include <set>

#include "milter/ledger/memory.h"

namespace ccgate {

/// Somebody to be told of an acceptance.
struct Told {
  std::set<Domain> cctlds;
  bool previous = false;   ///< only as the contact before a new one
  bool registry = true;    ///< the author is of the registries of all of them
  bool confirmed = false;  ///< all were confirmed by their contacts
};
/// It is accepted, and that is carried out; who wrote it is known by DKIM or SPF.
[[nodiscard]] bool lets_in(const Memory& memory, const TransactionResult& result);
/// True for a request that people read, at a form's address, and that names nobody by name and address: it
/// may be a question, or thanks, or a no to an invitation, above a signature with `E-mail:` in it. Nobody is
/// a member by it, and nobody is subscribed by a program.
[[nodiscard]] bool names_nobody(const RecipientJudgement& judged);

/// Who is told of what `result` accepts: the contacts that the rules' `inform` names, the admin contact where
/// a rule has none, nobody where it says so; of a contact younger than contacts.cool_down the one before it
/// too. Nobody of what is not accepted, observed only, or not authenticated.
[[nodiscard]] std::map<Address, Told> whom_to_tell(const Memory& memory, const TransactionResult& result);
/// Those whom an acceptance of `judged` by itself would tell.
[[nodiscard]] std::map<Address, Told> told_of(const Memory& memory, const RecipientJudgement& judged);

/// `record` with a notice to the admin contacts of ccTLDs for which its mail took somebody off the list who
/// is not its author, as they are told of who joins: anybody of the registry could have copied them.
[[nodiscard]] DecisionRecord with_leavers_told(const Memory& memory, DecisionRecord record);

/// `record`, whose entry is complete, with questions and tasks, what the request and the mails count against,
/// and the answers that an acceptance rests on. A notice of an acceptance is due at once, always.
[[nodiscard]] DecisionRecord with_follow_up(const Memory& memory, const TransactionResult& result,
                                            DecisionRecord record);

}  // namespace ccgate
