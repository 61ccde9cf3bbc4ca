// milter/coverage/member_marks.h: what is to be known of the members for one ccTLD.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "milter/coverage/coverage_state.h"
#include "milter/store/member_records.h"
#include "policy/names/domain.h"

namespace ccgate {

[[nodiscard]] bool is_member_at(const Member& member, std::int64_t at) noexcept;
/// When a contact had last stood for it at `at`; 0: none had. A check is kept until the next one only: of a
/// time before the last it is known that a decision begins with one.
[[nodiscard]] std::int64_t checked_at(const Member& member, std::int64_t at) noexcept;

/// When the roster of the list manager was last looked at; 0: never.
[[nodiscard]] std::int64_t roster_seen_at(const std::vector<Member>& members, std::int64_t at);
/// It had a week to answer the list manager's mail, and did not. `roster_seen`: as above.
[[nodiscard]] bool is_not_on_list(const Member& member, std::int64_t roster_seen, std::int64_t at) noexcept;

/// What the marks of one ccTLD follow from beside its members.
struct MarkSite {
  std::size_t most_people = 0;   ///< more are over its quota
  std::int64_t roster_seen = 0;  ///< as above
  std::int64_t asked = 0;        ///< when its contact was last asked in a review whose time is over; 0: never
  std::int64_t at = 0;
};
/// Of `members`, all those of `cctld` at that time, at least one.
[[nodiscard]] std::set<CoverageMark> member_marks(const std::vector<Member>& members, const Domain& cctld,
                                                  const MarkSite& site);

}  // namespace ccgate
