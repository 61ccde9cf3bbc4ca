// policy/text/durations.h: spans of time in seconds, as values of the policy, ledger and configuration are.
#pragma once

#include <cstdint>

namespace ccgate {

inline constexpr std::int64_t kDaySeconds = 24 * std::int64_t{3600};

}  // namespace ccgate
