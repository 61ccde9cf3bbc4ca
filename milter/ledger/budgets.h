// milter/ledger/budgets.h: how many requests there may be in a day, and how much mail to one contact because
// of whom.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "milter/ledger/memory.h"

namespace ccgate {

/// True when the author is a contact of `cctld`, or its domain is one of the registry's own: what it writes
/// is no stranger's.
[[nodiscard]] bool is_of_registry(const Memory& memory, const List& list, const CcTld& cctld);
/// The same for all of `cctlds`. False where one is not known.
[[nodiscard]] bool is_of_registry(const Memory& memory, const List& list, const std::set<Domain>& cctlds);

/// What a request counts against as one of its author domain, and of its ccTLDs where a stranger asks for
/// them: of these, all author domains of one organizational domain share a tenth, or flood.foreign where that
/// is more, so that none keeps the others out.
[[nodiscard]] std::vector<Budget> budgets_of_request(const Memory& memory, const RecipientJudgement& judged);

enum class MailKind { question, notice };

/// Because of whom a contact gets a mail.
enum class Cause {
  registry,   ///< its own people
  stranger,   ///< another author domain
  confirmed,  ///< another author domain, to whose request the contact said yes
};

/// What a mail to `contact` counts against, without `question`. Questions and notices are counted apart, and
/// so are the registry's own and all others: those can use up nothing of what it needs. Of others, all author
/// domains of one organizational domain share flood.foreign, and together they have half of flood.contact;
/// what was confirmed is bound by its author only.
[[nodiscard]] std::vector<Budget> budgets_for(const Memory& memory, MailKind kind, const Address& contact,
                                              Cause cause);

}  // namespace ccgate
