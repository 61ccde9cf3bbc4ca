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
  bool previous = false;  ///< only as the contact before a new one
};
/// Who is told of what `result` accepts: the contacts that the rules' `inform` names, the admin contact where
/// a rule has none, nobody where it says so; of a contact younger than contacts.cool_down the one before it
/// too. Nobody of what is not accepted, observed only, or not authenticated.
[[nodiscard]] std::map<Address, Told> whom_to_tell(const Memory& memory, const TransactionResult& result);

/// Adds questions, tasks and events to `record`, whose entry is complete. Notices to one address beyond
/// flood.contact in 24 hours go into its digest of the day.
void add_follow_up(const Memory& memory, const TransactionResult& result, DecisionRecord& record);

}  // namespace ccgate
