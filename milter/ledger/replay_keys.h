// milter/ledger/replay_keys.h: by what the same message is known when it comes again.
#pragma once

#include <string>
#include <vector>

#include "policy/evidence/evidence.h"

namespace ccgate {

/// Hex SHA-256 each: one of every signature that makes the author authenticated (dkim_aligned), whatever its
/// folding; one of author and Message-ID when the author is authenticated. Empty otherwise: what anybody can
/// write must not get the answer that somebody else got.
///
/// A signature stands for the whole message. A Message-ID does not: the author may write it twice, over other
/// requests. Whoever takes an answer from the record compares the request keys too.
[[nodiscard]] std::vector<std::string> replay_keys(const std::vector<HeaderField>& fields,
                                                   const Evidence& evidence);

}  // namespace ccgate
