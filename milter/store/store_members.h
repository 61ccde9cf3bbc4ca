// milter/store/store_members.h: the members of the lists, in SQL.
#pragma once

#include "milter/store/member_store.h"
#include "milter/store/sql_database.h"

namespace ccgate {

// Within the transaction of what causes it. All throw SqlError.

/// In the order of the rows, so that two transactions do not wait for each other.
MembersChanged apply_member_changes(SqlConnection& connection, const MemberChanges& changes);
/// Ends what the decision began; what it only renewed stays.
void end_begun_by(SqlConnection& connection, const std::string& decision_id, std::int64_t at);
/// As OutboxStore::forget_ended.
std::int64_t forget_ended_members(SqlConnection& connection, const std::string& list, std::int64_t before,
                                  std::size_t limit);

/// `database` outlives it.
class SqlMembers : public virtual MemberStore {
 public:
  explicit SqlMembers(SqlDatabase& database) : database_(database) {}

  std::vector<Member> members(const MemberFilter& filter) override;
  std::int64_t count_members(const std::string& list, const std::string& cctld, std::int64_t most) override;
  MembersChanged change_members(const MemberChanges& changes) override;
  std::int64_t forget_member(const std::string& address, std::int64_t now) override;
  KeptDecisions decisions_about(const std::string& address) override;

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
