// milter/decision/explain.h: the result of a transaction told in full, for `ccgate explain` and for the
// ledger.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "milter/decision/decision.h"

namespace ccgate {

/// Facts, evidence (each signature: d, s, algorithm, what it covers, why it counts or not), each rule per
/// ccTLD with the condition that decided, verdict, SMTP reply, header changes; and where something behind the
/// policies decided otherwise, what, from which decision to which, and why. Texts of the message are in it as
/// they came, whatever octets they hold.
[[nodiscard]] nlohmann::ordered_json explanation(const TransactionStart& start,
                                                 const std::vector<HeaderField>& fields,
                                                 const TransactionResult& result);

/// The same as text, pretty-printed; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string explain_json(const TransactionStart& start, const std::vector<HeaderField>& fields,
                                       const TransactionResult& result);

}  // namespace ccgate
