// milter/coverage/coverage_state.h: how far a ccTLD has come with a list, in words.
#pragma once

#include "policy/text/enum_words.h"

namespace ccgate {

/// The first of these that holds.
enum class CoverageState {
  member,       ///< somebody is a member for it
  declined,     ///< they told a person that they will not come, and nothing is newer
  in_progress,  ///< a question is open, or a request was held or put off in the last 14 days
  refused,      ///< the newest request in 90 days was refused, or its question came to nothing
  lapsed,       ///< somebody was a member
  invited,
  uninvited,
};
template <>
struct EnumWords<CoverageState> {
  using enum CoverageState;
  static constexpr auto table = word_table<CoverageState>({
      {member, "member"},
      {declined, "declined"},
      {in_progress, "in progress"},
      {refused, "refused"},
      {lapsed, "lapsed"},
      {invited, "invited"},
      {uninvited, "uninvited"},
  });
};

/// What else is to be known of it.
enum class CoverageMark {
  overdue,       ///< a review of the members had no answer in time
  unchecked,     ///< no contact ever stood for one of them
  bouncing,      ///< mail to one of them comes back
  one_person,    ///< there is one person only
  own_tld_only,  ///< nobody has an address outside of the ccTLD
  over_quota,    ///< more people than the list takes
  not_on_list,   ///< one of them is not on the roster of the list manager
  asked,         ///< a contact has been asked
  held,          ///< the request is in the mail server's hold queue
  unproven,      ///< nobody knows whether the registry wrote that
  bounced,       ///< the mail to its contact came back
  no_contact,    ///< nobody is known who could be written to
};
template <>
struct EnumWords<CoverageMark> {
  using enum CoverageMark;
  static constexpr auto table = word_table<CoverageMark>({
      {overdue, "overdue"},
      {unchecked, "unchecked"},
      {bouncing, "bouncing"},
      {one_person, "one-person"},
      {own_tld_only, "own-tld-only"},
      {over_quota, "over-quota"},
      {not_on_list, "not-on-list"},
      {asked, "asked"},
      {held, "held"},
      {unproven, "unproven"},
      {bounced, "bounced"},
      {no_contact, "no-contact"},
  });
};

}  // namespace ccgate
