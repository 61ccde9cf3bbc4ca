// milter/coverage/letters.h: whom to invite to a list, whom to remind, and why the others are not written to.
// Values in, values out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "milter/coverage/coverage.h"

namespace ccgate {

/// A clock may have gone wrong by so much: what is that much later than now happened.
inline constexpr std::int64_t kWrongClockOfLetters = 2 * kDaySeconds;

/// What is written to a contact now.
enum class LetterKind { invite, remind, none };
template <>
struct EnumWords<LetterKind> {
  using enum LetterKind;
  static constexpr auto table = word_table<LetterKind>({
      {invite, "invite"},
      {remind, "remind"},
      {none, "none"},
  });
};

/// Why a contact is written to, or not. Of several that hold, the first.
enum class LetterReason {
  member,       ///< its ccTLDs are on the list, or one came since the invitation
  no_contact,   ///< nobody is known who could be written to
  bad_data,     ///< its entry in the contact data is unusable
  ours,         ///< the address is one of a list here
  declined,     ///< they told a person that they will not come (standing_decline)
  in_progress,  ///< a request of the registry is open, or the contact was asked about one
  refused,      ///< the contact said no to a request of the registry, at any time (standing_refusal)
  left,         ///< the registry took its people off the list
  bounced,      ///< the last mail to it came back
  stale,        ///< the contact data is too old
  young,        ///< it is the contact for less than the cool-down, or nobody knows since when
  invited,      ///< it was written to
  uninvited,    ///< it never was
};
template <>
struct EnumWords<LetterReason> {
  using enum LetterReason;
  static constexpr auto table = word_table<LetterReason>({
      {member, "member"},
      {no_contact, "no contact"},
      {bad_data, "bad contact data"},
      {ours, "an address of ours"},
      {declined, "declined"},
      {in_progress, "in progress"},
      {refused, "contact refused"},
      {left, "left"},
      {bounced, "bounced"},
      {stale, "stale contact data"},
      {young, "new contact"},
      {invited, "invited"},
      {uninvited, "uninvited"},
  });
};

/// What becomes of one contact, or of one ccTLD that has none.
struct Letter {
  LetterKind kind = LetterKind::none;
  LetterReason why = LetterReason::uninvited;
  std::string contact;              ///< empty: none
  std::vector<std::string> cctlds;  ///< A-labels: those that it is written about, else all of the contact
  std::int64_t since = 0;           ///< of `why`; 0: nothing tells
  std::string decision_id;          ///< of `why`; may be empty
  std::string last;                 ///< id of the last letter to it; empty: none
  std::string invitation;           ///< id of the last that was no reminder
  std::int64_t invited = 0;         ///< when that was
  std::size_t reminders = 0;        ///< since then
  std::size_t number = 0;           ///< of the reminder that is due, from 1
  bool again = false;               ///< an operator wants it whatever they said
  /// The newest request of the ccTLDs that it is written about that was refused; empty where there is none.
  Standing tried;
};

struct LetterSituation {
  const Coverage& coverage;  ///< of now
  /// What of it is of later times, by a clock that went wrong, counts all the same.
  const CoverageInput& input;
  std::int64_t cool_down = 0;                   ///< contacts.cool_down
  std::int64_t max_contact_age = 0;             ///< contacts.max_age
  std::vector<std::int64_t> remind = {};        ///< seconds after the invitation, rising
  std::function<bool(const Address&)> is_ours;  ///< true for an address that a list here reads
  /// Contacts of these ccTLDs are invited whatever they said, did or were sent before.
  std::set<std::string> again = {};
};

/// One for each contact and each ccTLD without one, in the order of their first ccTLDs: ASCII before others.
/// A letter is about all ccTLDs of the contact that have no member and sound contact data.
[[nodiscard]] std::vector<Letter> letters(const LetterSituation& situation);

/// Invitations, not reminders, from the day's (UTC) beginning on, also those that a clock going wrong by up
/// to two days wrote.
[[nodiscard]] std::size_t invited_today(const std::vector<OutreachStep>& steps, std::int64_t now);

/// True when somebody was ever invited.
[[nodiscard]] bool has_begun(const std::vector<OutreachStep>& steps);

/// OutreachStep::rule of the reminder with this number.
[[nodiscard]] std::string reminder_rule(std::size_t number);

}  // namespace ccgate
