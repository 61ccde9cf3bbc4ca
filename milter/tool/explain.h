// milter/tool/explain.h: the result of a transaction told to people and to scripts.
#pragma once

#include <string>

#include "milter/session/transaction.h"

namespace ccgate {

/// Facts, evidence (each signature: d, s, algorithm, what it covers, why it counts or not), each rule per
/// ccTLD with the condition that decided, verdict, SMTP reply, header changes. Lines of text for a terminal.
[[nodiscard]] std::string explain_text(const TransactionStart& start, const std::vector<HeaderField>& fields,
                                       const TransactionResult& result);

/// The same as one JSON object, pretty-printed.
[[nodiscard]] std::string explain_json(const TransactionStart& start, const std::vector<HeaderField>& fields,
                                       const TransactionResult& result);

}  // namespace ccgate
