// milter/coverage/growth.h: how a list grew.
#pragma once

#include <cstdint>
#include <vector>

#include "milter/coverage/coverage_input.h"

namespace ccgate {

/// How it was from `at` on, until the next one.
struct GrowthStep {
  std::int64_t at = 0;
  std::size_t cctlds = 0;      ///< with a member
  std::size_t registries = 0;  ///< likewise
  std::size_t invited = 0;     ///< ccTLDs that were invited at least once
  friend bool operator==(const GrowthStep&, const GrowthStep&) = default;
};

/// Up to `until`; one step for each moment at which anything changed. The numbers are those of coverage() at
/// that time.
[[nodiscard]] std::vector<GrowthStep> growth(const CoverageInput& input, std::int64_t until);

}  // namespace ccgate
