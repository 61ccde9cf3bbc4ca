// milter/ledger/first_receipt.h: a message that waits for a contact's answer is judged by what was verified
// when it first came, though its signature expires and its key goes meanwhile.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "milter/ledger/memory.h"

namespace ccgate {

/// What is kept of this receipt, one for each signature that makes the author authenticated: key and
/// evidence. `body` is all of the body. The key stands for every octet of that signature field, of the body
/// and of the header section but the fields that are added on the way, which nobody here believes: so whoever
/// has a copy of the message can bring the same message again and nothing else.
[[nodiscard]] std::vector<KeptEvidence> receipts_of(const std::vector<HeaderField>& fields,
                                                    std::string_view body, const Evidence& evidence,
                                                    const Domain& author_domain);

/// The evidence of an earlier receipt of the same message, and the requests that were asked about then.
struct FirstReceipt {
  Evidence evidence;
  std::set<std::string> request_keys;
};

/// What the store kept of this message; nullopt when that is nothing, or everything that could have been kept
/// holds still. What passes now passes.
[[nodiscard]] std::optional<FirstReceipt> first_receipt(DecisionStore& store,
                                                        const std::vector<HeaderField>& fields,
                                                        std::string_view body, const Evidence& evidence,
                                                        std::int64_t now);

/// True when each request that `settled`, judged by the evidence of `first`, has is a subscription that was
/// asked about then, and still is: by a question that is open or was answered.
[[nodiscard]] bool is_asked_about(DecisionStore& store, const Settled& settled, const FirstReceipt& first);

/// Adds what is to be kept to the record of a message that waits for an answer: as long as an answer may
/// come, and then counts.
void add_receipts(const Memory& memory, const TransactionResult& result, DecisionRecord& record);

}  // namespace ccgate
