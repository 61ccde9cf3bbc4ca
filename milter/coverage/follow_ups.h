// milter/coverage/follow_ups.h: who did not get on the list, why, what to tell them, and whom to tell it.
#pragma once

#include <string>
#include <vector>

#include "milter/coverage/coverage.h"

namespace ccgate {

struct FollowUp {
  Domain cctld;
  std::optional<Region> region;
  CoverageState state = CoverageState::refused;
  std::int64_t since = 0;
  std::string ground;  ///< word of a Ground or a Setback
  bool unproven = false;
  std::string decision_id;
  std::string why;
  struct Tell {
    std::string whom;
    std::string what;
  };
  std::vector<Tell> tell;
};

/// In the order of the ccTLDs: for each that was refused or is in progress, for each whose invitation came
/// back, and for each member who is not on the roster of the list manager. Texts hold what others wrote, as
/// it is. `people`: authors, contacts and members are named; else it is said what they are.
[[nodiscard]] std::vector<FollowUp> follow_ups(const Coverage& coverage, const CoverageInput& input,
                                               bool people);

}  // namespace ccgate
