// milter/members/reviews.h: whose membership a contact stands for, and which contacts are to be asked now.
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/site/config.h"
#include "milter/store/member_records.h"
#include "milter/store/records.h"
#include "policy/registry/registry.h"

namespace ccgate {

enum class ReviewState {
  fresh,
  asked,      ///< a contact was asked, and has time to answer
  overdue,    ///< it did not answer in time, or said no to nobody in particular; or was not asked for long
  unchecked,  ///< no contact ever stood for it
};
template <>
struct EnumWords<ReviewState> {
  using enum ReviewState;
  static constexpr auto table = word_table<ReviewState>({
      {fresh, "fresh"},
      {asked, "asked"},
      {overdue, "overdue"},
      {unchecked, "unchecked"},
  });
};

/// `reviews`: of the list, in any order (DutyStore::reviews).
[[nodiscard]] ReviewState review_state(const Member& member, const std::vector<Question>& reviews,
                                       const ReviewTimes& times, std::int64_t now);

/// True when `review` asks about this membership: it was there when it was asked.
[[nodiscard]] bool is_reviewed(const Member& member, const Question& review);

/// True when `contact` is the admin contact of `cctld`, by contact data that is in no doubt.
[[nodiscard]] bool is_still_contact(const Directory& directory, const std::string& cctld,
                                    const Address& contact);

/// True when the mail of `review`, of which `entry` tells, names this membership, and an answer is about it:
/// also of who was written down later with an older date, that is false.
[[nodiscard]] bool is_named_in(const Member& member, const Question& review, const LedgerEntry& entry);

/// Why a contact is asked.
enum class ReviewCause {
  never,    ///< nobody ever stood for a member
  time,     ///< the last time was long ago
  contact,  ///< another contact stood for it than there is now
  bounce,   ///< mail to a member comes back
};
template <>
struct EnumWords<ReviewCause> {
  using enum ReviewCause;
  static constexpr auto table = word_table<ReviewCause>({
      {never, "never"},
      {time, "time"},
      {contact, "contact"},
      {bounce, "bounce"},
  });
};

/// One contact, and all its ccTLDs that have members.
struct DueReview {
  Address contact;
  std::vector<std::string> cctlds;  ///< A-labels, sorted
  ReviewCause cause = ReviewCause::time;
  /// Unlike that of any review of this contact before: the id of the last one, empty where none is known, and
  /// behind it how many there were where one was begun by a clock that was ahead.
  std::string before;
};

struct ReviewSituation {
  const Directory& directory;
  const ReviewTimes& times;
  std::int64_t now = 0;
  std::int64_t cool_down = 0;            ///< contacts.cool_down
  std::int64_t max_contact_age = 0;      ///< contacts.max_age
  const std::vector<Member>& members;    ///< of one list, none that ended
  const std::vector<Question>& reviews;  ///< of the list
};
/// Those to be asked now, in the order of their first ccTLDs, ASCII before the others, at most as many as are
/// left of the day: the same at every call, whoever else asks meanwhile. A contact has one review open, and
/// is asked anew for the same reason only when `every` has gone by since the last, or `expires` when that did
/// not reach it. Nobody is asked for a ccTLD whose contact data is old, doubtful, or not there, and no
/// contact that is in its cool-down and did not stand for these members before.
[[nodiscard]] std::vector<DueReview> due_reviews(const ReviewSituation& situation);

/// Reviews that are open for longer than `remind`, of members that nobody has stood for since, and whose
/// contact it still is.
[[nodiscard]] std::vector<Question> due_reminders(const ReviewSituation& situation);

}  // namespace ccgate
