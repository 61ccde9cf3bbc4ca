// milter/tool/ledger_json.h: a decision of the ledger for scripts.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "milter/store/store.h"

namespace ccgate {

/// Every member but the explanation, and what followed.
[[nodiscard]] nlohmann::ordered_json ledger_json(const LedgerEntry& entry,
                                                 const std::vector<LedgerEvent>& events);

/// Everything about one decision.
struct LedgerStory {
  LedgerEntry entry;
  std::vector<LedgerEvent> events;
  std::vector<Question> questions;
};
[[nodiscard]] nlohmann::ordered_json show_decision_json(const LedgerStory& story);

}  // namespace ccgate
