// milter/ledger/decide_again.h: a decision of the ledger, by other rules.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "milter/decision/decision.h"
#include "milter/store/records.h"

namespace ccgate {

/// Null: there is no such list.
using PolicyOf = std::function<const Policy*(const std::string& list)>;

/// What a policy said to one recipient and list, and what it says now.
struct Redecided {
  std::string recipient, list;
  Ruling before, now;
  std::string cctld = {};  ///< that decides now; empty: none, or no one by itself
};

enum class Again {
  stays,
  other_rule,  ///< the same is decided, by another rule or on another ground
  changes,
  untold,     ///< the record does not tell
  no_policy,  ///< none was asked
  elsewhere,  ///< it is not about the list
};

struct DecidedAgain {
  Again what = Again::no_policy;
  std::vector<Redecided> all = {};        ///< each recipient and list; empty where it is not told
  std::vector<std::string> missing = {};  ///< untold: facts that were not kept, or what else is not there
};

/// What policies say by themselves, without what contacts, bounds and the record made of it then: these stay
/// as they were. Facts are those of that time, those about contacts too. `list`: no other is looked at;
/// empty: all are.
[[nodiscard]] DecidedAgain decide_again(const LedgerEntry& entry, const PolicyOf& policy_of,
                                        const std::string& list = "");

}  // namespace ccgate
