// milter/ledger/memory.h: what the store remembers that bears on one message.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/decision/decision.h"
#include "milter/notice/smtputf8.h"
#include "milter/store/decision_store.h"
#include "policy/verdict/facts.h"

namespace ccgate {

struct FixedHistory;

/// One message as far as the store knows messages. Without a store (an explanation, a scenario) nothing is
/// remembered. Refers to what the transaction owns.
struct Memory {
  DecisionStore* store = nullptr;
  const Ruleset& rules;
  std::int64_t now = 0;  ///< seconds since 1970
  const Evidence& evidence;
  Truth authenticated = Truth::no;  ///< by DKIM or SPF, aligned with the author domain
  std::string author_domain = {};   ///< A-labels
  std::vector<std::string> replay_keys =
      {};  ///< by what the same message is known again; none unless authenticated
  std::vector<KeptEvidence> receipts =
      {};  ///< what is kept of this receipt if the message has to wait: key and evidence alone
  std::optional<Address> author = {};
  const Smtputf8Offer* smtputf8 = nullptr;  ///< null: everybody can be told
  const FixedHistory* told = nullptr;       ///< in the place of what `store` remembers
  Truth dkim_aligned = Truth::no;           ///< with the author domain, as the next
  Truth spf_aligned = Truth::no;
};

/// What conditions on the past look at; asks the store only for what `list`'s policy has conditions on.
[[nodiscard]] History history_of(const Memory& memory, const List& list);

/// How many members of `list` these ccTLDs have, where its roster is the store's and its policy asks for
/// them; nullopt: nothing asks, or nothing is remembered.
[[nodiscard]] std::optional<std::map<Domain, std::int64_t>> members_of(const Memory& memory, const List& list,
                                                                       const std::set<Domain>& cctlds);

}  // namespace ccgate
