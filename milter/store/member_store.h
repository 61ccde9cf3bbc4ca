// milter/store/member_store.h: the members of the lists, looked at and changed by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/store/member_records.h"
#include "milter/store/store_part.h"

namespace ccgate {

/// Of the members; what has no value does not choose.
struct MemberFilter {
  std::optional<std::string> list, cctld;
  std::optional<std::string> address;  ///< folded
  bool ended = false;                  ///< those that ended too
};

/// What came of changes.
struct MembersChanged {
  std::int64_t begun = 0;
  std::int64_t renewed = 0;  ///< were members before
  std::int64_t checked = 0;
  std::vector<Member> ended;
};

/// What the ledger still has of somebody.
struct KeptDecisions {
  std::int64_t count = 0;
  std::int64_t until = 0;  ///< when the last of them goes; seconds since 1970
};

/// For whoever looks at members.
class MemberReader : public virtual StorePart {
 public:
  /// By list, ccTLD, address and beginning.
  [[nodiscard]] virtual std::vector<Member> members(const MemberFilter& filter) = 0;
  /// People of `list` for `cctld`, none beyond `most`.
  [[nodiscard]] virtual std::int64_t count_members(const std::string& list, const std::string& cctld,
                                                   std::int64_t most) = 0;
};

/// For whoever keeps the list of members. A membership that follows from a decision or an objection
/// changes with it, in its transaction: DecisionRecord::members, AnswerStore::object. However one ends: for
/// an address that is of no member of the list any more a task `hook`, to `removed`, is added in that
/// transaction.
class MemberStore : public virtual MemberReader {
 public:
  virtual MembersChanged change_members(const MemberChanges& changes) = 0;
  /// Whatever tells who it was is taken out of all rows of this address, and of those that have it as their
  /// other one; memberships of it end at `now`, by `hand`. The number of rows.
  virtual std::int64_t forget_member(const std::string& address, std::int64_t now) = 0;
  /// Decisions on mail from `address` (folded) and on requests that name it. Looks at every decision.
  [[nodiscard]] virtual KeptDecisions decisions_about(const std::string& address) = 0;
};

}  // namespace ccgate
