// milter/daemon/rules_count.h: what the metrics tell of the rules in force.
#pragma once

#include <chrono>
#include <cstdint>

#include "milter/site/ruleset.h"

namespace ccgate {

[[nodiscard]] std::int64_t anomalies_in(const Directory& directory);
[[nodiscard]] std::int64_t unusable_in(const Directory& directory);

/// Before they are in force: from then on their lists are counted by name.
void count_rules(const Ruleset& rules);
/// Of this process: it reads its configuration, which took so long, and takes it or not.
void count_reload(bool taken, std::chrono::nanoseconds took);

}  // namespace ccgate
