// milter/decision/approval.h: whether those who were asked have agreed to a request that the policy says to
// ask about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/decision/poll.h"
#include "milter/store/records.h"

namespace ccgate {

/// What one person is to be asked.
struct ToAsk {
  std::set<Domain> cctlds;                    ///< all that its word counts for
  std::optional<Voucher> as = {};             ///< as in PollMember, of the first of them that says so
  std::map<Domain, std::size_t> needed = {};  ///< yeses for each; empty: its own word is all that counts
  std::set<Voucher> beside = {};              ///< who is asked with it
};
/// A family that shares a contact is one question.
using PeopleToAsk = std::map<Address, ToAsk>;

struct AskTimes {
  std::int64_t now = 0;    ///< seconds since 1970
  std::int64_t fresh = 0;  ///< seconds that an answer counts
};

/// A member whose yes is counted for `cctld`.
struct MemberVouches {
  Domain cctld;
  Address who;
};

struct Approval {
  enum class State {
    given,     ///< enough have said yes, for each ccTLD
    refused,   ///< somebody said no whose no decides
    outvoted,  ///< so many said no that those who are left are too few
    too_few,   ///< there are fewer people to ask than have to say yes
    waiting,
  };
  State state = State::waiting;
  std::vector<Address> waiting_for;    ///< asked already, or to be asked; in the order of addresses
  std::vector<Address> named;          ///< of these, those whom the author may know of: no mere members
  PeopleToAsk unasked;                 ///< of `waiting_for`, those without an open question
  std::vector<Question> given_by;      ///< when given: each yes; of contacts before those of members
  std::vector<MemberVouches> members;  ///< of `given_by`, those that count only while they are members
  std::set<std::string> refusals;      ///< ids of all questions about the request that were answered with no
};
/// `questions`: all about the request. An answer counts while it is fresh, for all the ccTLDs that its
/// author's word counts for now; a no counts against every yes of the same person. A question that was asked
/// or answered in the future, by more than kClockError, is as none: nobody knows how old it is. A question to
/// a contact whose mail failed is asked anew, one to a member when its time is over.
[[nodiscard]] Approval approval_of(const std::vector<Poll>& polls, const std::vector<Question>& questions,
                                   const AskTimes& times);

/// `2 of 3`: for each ccTLD how many have said yes and how many have to, where more than one person counts.
/// Empty: nowhere.
[[nodiscard]] std::string counted_yes(const std::vector<Poll>& polls, const std::vector<Question>& questions,
                                      const AskTimes& times);

}  // namespace ccgate
