// milter/session/decide.h: a message that has ended -> what is answered, and, before that, what is kept of
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "milter/decision/decision.h"
#include "milter/decision/services.h"

namespace ccgate {

/// One message as it came, and what was verified about it. Refers to what its transaction owns.
struct Gathered {
  const Services& services;
  const Ruleset& rules;
  const TransactionStart& start;
  const Envelope& envelope;
  const std::vector<HeaderField>& fields;
  std::int64_t now = 0;              ///< seconds since 1970
  const Message* message = nullptr;  ///< null: the header section has a fault, or there is none
  std::string_view body = {};
  bool truncated = false;           ///< there was more of the body
  bool untouched = false;           ///< none of our business after all
  bool bounce_of_mta = false;       ///< the MTA's own
  std::optional<Fault> fault = {};  ///< no policy is asked
  Evidence evidence = {};           ///< of what is none of the three
};

/// Judged by each list's policy, settled by the contacts' own word, the record and the bounds, answered, and
/// recorded where there is a store: decided anew when that has changed meanwhile. Throws StoreError, and
/// std::runtime_error when it changes for ever.
[[nodiscard]] TransactionResult decide(const Gathered& mail);

}  // namespace ccgate
