// milter/members/manager_roster.h: who is on a list as its list manager tells it, against who is a member.
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "milter/store/member_records.h"
#include "policy/names/address.h"
#include "policy/text/durations.h"
#include "policy/text/issue.h"

namespace ccgate {

/// What `mailman members`, `list_members -f` and mlmmj-list print, an address on each line, alone or as
/// `name <address>`; or a dump of Sympa's, of which the lines `email ADDRESS` count. Empty lines, and those
/// that begin with `#`, are left out. nullopt when any other line is none of these: half a roster is none.
[[nodiscard]] std::optional<std::set<Address>> read_manager_roster(std::string_view text,
                                                                   std::string_view file, Issues& issues);

/// Seconds in which somebody who was let in has time to answer the list manager.
inline constexpr std::int64_t kTimeToJoin = 7 * kDaySeconds;

struct RosterComparison {
  std::vector<Address> unvouched;  ///< on the list, and no member for any ccTLD
  std::vector<Member> missing;     ///< members for longer than kTimeToJoin that are not on the list
  std::vector<Member> bouncing;    ///< members on the list to whom mail comes back
  std::size_t joining = 0;         ///< memberships that are not on the list yet
  [[nodiscard]] bool same() const noexcept {
    return unvouched.empty() && missing.empty() && bouncing.empty();
  }
};
/// `members`: of one list, none that ended. Who has an address that cannot be read is on no list.
[[nodiscard]] RosterComparison compare_roster(const std::vector<Member>& members,
                                              const std::set<Address>& roster,
                                              const std::set<Address>& bouncing, std::int64_t now);

/// True when so many people of `members` are not on the list that the roster is more likely broken: half of
/// them, or more than one and more than a twentieth; or when it has nobody.
[[nodiscard]] bool is_doubtful(const RosterComparison& comparison, const std::vector<Member>& members,
                               std::size_t on_roster);
/// How many people they are, whatever number of ccTLDs each is there for.
[[nodiscard]] std::size_t count_people(const std::vector<Member>& members);

}  // namespace ccgate
