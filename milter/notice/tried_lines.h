// milter/notice/tried_lines.h: a request that did not get through, told to the contact of its ccTLD. Pure.
#pragma once

#include <string>
#include <vector>

#include "milter/notice/payload.h"
#include "milter/store/records.h"

namespace ccgate {

/// Harmless lines: when it came, why it was not let in, and what those outside can do about it. `entry`: the
/// decision that `tried` names. `contact`: who reads it.
[[nodiscard]] std::vector<std::string> tried_lines(const LedgerEntry& entry, const TriedRequest& tried,
                                                   const std::string& contact);

}  // namespace ccgate
