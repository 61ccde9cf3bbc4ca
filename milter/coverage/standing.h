// milter/coverage/standing.h: where one ccTLD stands with a list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "milter/coverage/coverage_state.h"

namespace ccgate {

/// How one ccTLD has come to where it is.
struct Standing {
  CoverageState state = CoverageState::uninvited;
  std::int64_t since = 0;  ///< of a member the first day; else of what the state follows from; 0: nothing
  std::set<CoverageMark> marks;
  std::size_t reminders = 0;  ///< of those invited, after the first mail
  /// Of those refused and in progress: the word of a Ground or of a Setback. Empty otherwise.
  std::string ground;
  std::string rule;
  std::string decision_id;  ///< and the decision
  std::string author;       ///< of it, folded; anybody could have written an `unproven` one
  std::string ended_by;     ///< lapsed: as in Member
  friend bool operator==(const Standing&, const Standing&) = default;
};

/// The marks in words, with `reminded 2`, the ground, and why a membership ended.
[[nodiscard]] std::vector<std::string> mark_words(const Standing& standing);

}  // namespace ccgate
